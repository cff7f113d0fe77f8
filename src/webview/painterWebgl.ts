/** Colours by shader: a tile is a float texture, a colour map a texture of 256 pixels, so another range costs no loop. */
import { colorMap } from './colormaps';
import type { ColorMapName } from './colormaps';
import { mapOf } from './domain';
import type { Domain } from './domain';
import { SPECIAL_COLORS } from './pixels';
import type { Color } from './pixels';
import { TILE_SIZE } from './protocol';
import type { Tile } from './tiles';

const VERTEX = `#version 300 es
void main() {
  // One triangle that covers everything.
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

const glsl = (color: Color): string => `vec3(${color.map((part) => `${part}.0 / 255.0`).join(', ')})`;

// Infinities and NaN are told by their bits: shader compilers may take isnan() for false.
// Halves keep the difference of two large numbers within range.
const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
uniform highp sampler2D values;
uniform lowp sampler2D colors;
uniform float least;
uniform float scale;
out vec4 color;
void main() {
  float value = texelFetch(values, ivec2(int(gl_FragCoord.x), ${TILE_SIZE - 1} - int(gl_FragCoord.y)), 0).r;
  uint bits = floatBitsToUint(value);
  uint magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) color = vec4(${glsl(SPECIAL_COLORS.nan)}, 1.0);
  else if (bits == 0x7f800000u) color = vec4(${glsl(SPECIAL_COLORS.positiveInfinity)}, 1.0);
  else if (bits == 0xff800000u) color = vec4(${glsl(SPECIAL_COLORS.negativeInfinity)}, 1.0);
  else {
    float position = clamp((value * 0.5 - least * 0.5) * scale, 0.0, 1.0);
    color = vec4(texelFetch(colors, ivec2(int(floor(position * 255.0 + 0.5)), 0), 0).rgb, 1.0);
  }
}`;

/** 16 MB of textures; the tiles themselves stay with the cache. */
const MAX_TEXTURES = 64;

export class WebglPainter {
  private readonly textures = new Map<Tile, WebGLTexture>();
  private readonly maps = new Map<ColorMapName, WebGLTexture>();

  private constructor(private readonly gl: WebGL2RenderingContext, private readonly program: WebGLProgram) {}

  /** null where there is no WebGL 2, or no graphics card behind it: the loop is faster than a card that is computed. */
  static create(): WebglPainter | null {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = TILE_SIZE;
    // Kept until it is copied, which is right after drawing.
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
    if (!gl) return null;
    if (isComputed(gl)) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      return null;
    }
    const program = link(gl);
    if (!program) return null;
    gl.useProgram(program);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.uniform1i(gl.getUniformLocation(program, 'values'), 0);
    gl.uniform1i(gl.getUniformLocation(program, 'colors'), 1);
    return new WebglPainter(gl, program);
  }

  get isLost(): boolean {
    return this.gl.isContextLost();
  }

  paint(values: Tile, rows: number, cols: number, domain: Domain): CanvasImageSource {
    const { gl, program } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture(values, rows, cols));
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.map(mapOf(domain)));
    gl.uniform1f(gl.getUniformLocation(program, 'least'), domain.min);
    gl.uniform1f(gl.getUniformLocation(program, 'scale'), 2 / (domain.max - domain.min));
    // Rows count from the top in pictures, and from the bottom in WebGL.
    gl.viewport(0, TILE_SIZE - rows, cols, rows);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return gl.canvas as HTMLCanvasElement;
  }

  private texture(values: Tile, rows: number, cols: number): WebGLTexture {
    const { gl } = this;
    const known = this.textures.get(values);
    if (known) {
      this.textures.delete(values);
      this.textures.set(values, known);
      return known;
    }
    const texture = this.create();
    const floats = values instanceof Float32Array ? values : Float32Array.from(values);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, cols, rows, 0, gl.RED, gl.FLOAT, floats);
    this.textures.set(values, texture);
    if (this.textures.size > MAX_TEXTURES) {
      const [oldest, dropped] = this.textures.entries().next().value!;
      this.textures.delete(oldest);
      gl.deleteTexture(dropped);
    }
    return texture;
  }

  private map(name: ColorMapName): WebGLTexture {
    let texture = this.maps.get(name);
    if (!texture) {
      const { gl } = this;
      texture = this.create();
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, 256, 1, 0, gl.RGB, gl.UNSIGNED_BYTE, colorMap(name));
      this.maps.set(name, texture);
    }
    return texture;
  }

  private create(): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    // Float textures cannot be filtered, and colours must not be.
    for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, parameter, gl.NEAREST);
    for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, parameter, gl.CLAMP_TO_EDGE);
    return texture;
  }
}

/** Whether the processor plays the graphics card. */
function isComputed(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return info !== null && /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)));
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
