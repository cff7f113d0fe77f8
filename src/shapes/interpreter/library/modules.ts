/** Which modules are known by name. */

/** Modules of Python's standard library with their submodules: https://docs.python.org/3/py-modindex.html */
export const STANDARD: Readonly<Record<string, readonly string[]>> = {
  __future__: [], abc: [], argparse: [], ast: [], asyncio: [], atexit: [], base64: [], bisect: [], builtins: [], bz2: [], calendar: [], cmath: [], cmd: [], code: [],
  codecs: [], collections: ['abc'], colorsys: [], concurrent: ['futures'], configparser: [], contextlib: [], contextvars: [], copy: [], copyreg: [], csv: [], ctypes: [],
  dataclasses: [], datetime: [], decimal: [], difflib: [], dis: [], enum: [], errno: [], faulthandler: [], fnmatch: [], fractions: [], functools: [], gc: [], getpass: [],
  glob: [], gzip: [], hashlib: [], heapq: [], hmac: [], html: ['parser'], http: ['client', 'server'], importlib: ['util', 'metadata', 'resources'], inspect: [], io: [], itertools: [],
  json: [], keyword: [], linecache: [], locale: [], logging: ['handlers', 'config'], lzma: [], math: [], mimetypes: [], multiprocessing: ['pool', 'shared_memory'], numbers: [],
  operator: [], os: ['path'], pathlib: [], pdb: [], pickle: [], pkgutil: [], platform: [], pprint: [], queue: [], random: [], re: [], resource: [], sched: [], secrets: [],
  select: [], shelve: [], shlex: [], shutil: [], signal: [], socket: [], sqlite3: [], ssl: [], stat: [], statistics: [], string: [], struct: [], subprocess: [], sys: [],
  sysconfig: [], tarfile: [], tempfile: [], textwrap: [], threading: [], time: [], timeit: [], token: [], tokenize: [], traceback: [], tracemalloc: [], types: [], typing: [],
  unicodedata: [], unittest: ['mock'], urllib: ['request', 'parse', 'error'], uuid: [], warnings: [], weakref: [], xml: ['etree', 'etree.ElementTree'], zipfile: [], zlib: [],
  typing_extensions: [],
};

/**
 * Packages that models import for data, pictures, symbolic mathematics, downloads and logs, none of which make shapes that can be known without running
 * them. Reading their sources would cost much and tell nothing.
 */
export const OPAQUE: ReadonlySet<string> = new Set([
  'numpy', 'tqdm', 'matplotlib', 'mpl_toolkits', 'PIL', 'cv2', 'pandas', 'scipy', 'sklearn', 'skimage', 'seaborn', 'plotly', 'requests', 'wandb', 'tensorboard', 'tensorboardX',
  'einx', 'sympy', 'mpmath', 'IPython', 'ipywidgets', 'httpx', 'httpx2', 'httpcore', 'urllib3', 'aiohttp', 'anyio', 'idna', 'certifi', 'boto3', 'filelock', 'rich', 'click', 'typer', 'jinja2', 'fsspec', 'yaml', 'h5py', 'tensorflow', 'jax', 'numba', 'psutil', 'imageio', 'nltk', 'pytest',
]);

/** Modules that offer what another one has. */
export const ALIASES: Readonly<Record<string, string>> = { typing_extensions: 'typing', 'tqdm.auto': 'tqdm', 'tqdm.notebook': 'tqdm', 'tqdm.std': 'tqdm', regex: 're' };
