/** One worker process: its messages, its requests under way, its end. It is never restarted; a new one takes its place. */
import { fork, type ChildProcess } from 'node:child_process';
import { EvaluationError, type EvaluationCode } from './errors';
import { PROTOCOL_VERSION, type BackendCandidate, type BackendName, type WorkerReply, type WorkerRequest } from './messages';

export interface WorkerOptions {
  readonly path: string;
  readonly execArgv?: readonly string[];
  readonly log?: (line: string) => void;
  readonly fewestOnBackend?: number;
}

type Progress = (progress: { readonly done: number; readonly total: number; readonly op: string }) => void;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly onProgress: Progress | undefined;
  readonly timer: NodeJS.Timeout;
  /** The limit is for silence: progress begins it anew. */
  readonly mayTakeLong: boolean;
}

const START_LIMIT_MILLISECONDS = 60_000;

export class WorkerProcess {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private dead: EvaluationError | null = null;
  private started: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null;
  private lastWords = '';
  backend: BackendName = 'cpu';
  notes: readonly string[] = [];

  constructor(private readonly options: WorkerOptions) {
    this.child = fork(options.path, [], {
      serialization: 'advanced',
      execArgv: [...options.execArgv ?? []],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env, ELECTRON_RUN_AS_NODE: '1',
        // TensorFlow greets on standard error; its oneDNN kernels round differently from one processor to the next.
        TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '0',
      },
    });
    this.child.on('message', (reply: WorkerReply) => this.receive(reply));
    this.child.on('error', (error) => this.end('worker-died', `the evaluation worker could not be started: ${error.message}`));
    this.child.on('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with status ${code}`;
      const said = this.lastWords.trim().split('\n').at(-1);
      this.end('worker-died', `the evaluation worker ${how}${said ? ` (${said})` : ''}; the next evaluation starts a new one`);
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.lastWords = (this.lastWords + text).slice(-2000);
        for (const line of text.split('\n')) if (line.trim()) options.log?.(line.trimEnd());
      });
    }
  }

  get isAlive(): boolean { return this.dead === null; }
  get pid(): number | undefined { return this.child.pid; }

  /** @throws EvaluationError `worker-died` where a backend took it down, `backend-unavailable` where none works */
  async start(candidates: readonly BackendCandidate[], notes: readonly string[]): Promise<void> {
    const timer = setTimeout(() => this.kill(`the evaluation worker did not start within ${START_LIMIT_MILLISECONDS / 1000} seconds`), START_LIMIT_MILLISECONDS);
    try {
      await new Promise<void>((resolve, reject) => {
        this.started = { resolve, reject };
        if (this.dead) reject(this.dead);
        else this.send({ type: 'start', version: PROTOCOL_VERSION, candidates, fewestOnBackend: this.options.fewestOnBackend });
      });
      this.notes = [...notes, ...this.notes];
    } finally {
      clearTimeout(timer);
      this.started = null;
    }
    this.unref();
  }

  send(message: WorkerRequest): void {
    this.child.send(message, (error) => {
      if (error) this.kill(`the evaluation worker cannot be reached: ${error.message}`);
    });
  }

  /** @throws EvaluationError the worker's own, `worker-died`, or `timed-out` (the worker is then ended) */
  request<T>(build: (id: number) => WorkerRequest, limitMilliseconds: number, onProgress?: Progress, mayTakeLong = false): Promise<T> {
    if (this.dead) return Promise.reject(this.dead);
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => this.kill(`no result after ${limitMilliseconds / 1000} seconds; the evaluation was ended`, 'timed-out'), limitMilliseconds);
      this.pending.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress, timer, mayTakeLong });
      this.ref();
      this.send(build(id));
    });
  }

  /** Everything under way is rejected with the message. */
  kill(message: string, code: EvaluationCode = 'worker-died'): void {
    this.end(code, message);
    this.child.kill('SIGKILL');
  }

  private end(code: EvaluationCode, message: string): void {
    if (this.dead) return;
    this.dead = new EvaluationError(code, message);
    this.started?.reject(this.dead);
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(this.dead);
    }
    this.pending.clear();
  }

  private receive(reply: WorkerReply): void {
    if (reply.type === 'ready') {
      if (reply.version !== PROTOCOL_VERSION) return this.kill(`the evaluation worker speaks version ${reply.version}, not ${PROTOCOL_VERSION}`);
      this.backend = reply.backend;
      this.notes = reply.notes;
      return this.started?.resolve();
    }
    if (reply.type === 'error' && reply.id === null) return this.started?.reject(new EvaluationError(reply.code, reply.message));
    const id = reply.id as number;
    const pending = this.pending.get(id);
    if (!pending) return;
    if (reply.type === 'progress') {
      if (pending.mayTakeLong) pending.timer.refresh();
      return pending.onProgress?.(reply);
    }
    clearTimeout(pending.timer);
    this.pending.delete(id);
    if (this.pending.size === 0) this.unref();
    if (reply.type === 'result') pending.resolve(reply.value);
    else pending.reject(new EvaluationError(reply.code, reply.message, reply.node));
  }

  /** An idle worker does not keep a command line from ending: it ends itself when its client is gone. */
  private unref(): void {
    this.child.unref();
    this.child.channel?.unref();
    for (const stream of [this.child.stdout, this.child.stderr]) (stream as unknown as { unref(): void } | null)?.unref();
  }

  private ref(): void {
    this.child.ref();
    this.child.channel?.ref();
  }
}
