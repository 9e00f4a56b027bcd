/**
 * Draws nodes as the silhouettes of `shapes.ts`, with a gap in the background's colour around each and a ring for the selected.
 * One quad a node, one program for all shapes.
 */
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { drawNodeHover, drawNodeLabel } from "./labels.ts";

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;

varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_place;
varying float v_pixels;
varying float v_shape;

const float bias = 255.0 / 254.0;
const float reach = 1.75;

void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 position = a_position + a_corner * radius * reach;
  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);
  v_place = a_corner * reach;
  v_pixels = a_size / u_sizeRatio;
  v_shape = a_shape;
  v_ring = a_ring;
  v_ring.a *= bias;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

// Distances in radii; the order of the cases is the order of SHAPES.
const FRAGMENT = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_place;
varying float v_pixels;
varying float v_shape;

uniform float u_pixelRatio;

float box(vec2 p, vec2 half_) {
  vec2 d = abs(p) - half_;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

float star(vec2 p) {
  const vec2 k1 = vec2(0.809016994, -0.587785252);
  const vec2 k2 = vec2(-0.809016994, -0.587785252);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(k1, p), 0.0) * k1;
  p -= 2.0 * max(dot(k2, p), 0.0) * k2;
  p.x = abs(p.x);
  p.y -= 1.12;
  vec2 ba = 0.52 * vec2(-k1.y, k1.x) - vec2(0.0, 1.0);
  float h = clamp(dot(p, ba) / dot(ba, ba), 0.0, 1.12);
  return length(p - ba * h) * sign(p.y * ba.x - p.x * ba.y);
}

float shapeDistance(vec2 p) {
  vec2 a = abs(p);
  if (v_shape < 0.5) return length(p) - 0.92;
  if (v_shape < 1.5) return box(p, vec2(0.7)) - 0.1;
  if (v_shape < 2.5) return max(max(a.x - 0.78, p.y - 0.8), a.x * 0.72 - p.y * 0.69 - 0.68);
  if (v_shape < 3.5) return max(-p.y - 0.68, a.x * 0.866 + p.y * 0.5 - 0.52);
  if (v_shape < 4.5) return box(p, vec2(0.94, 0.58)) - 0.08;
  if (v_shape < 5.5) return max(a.x * 0.866 + a.y * 0.5, a.y) - 0.86;
  if (v_shape < 6.5) return star(p);
  if (v_shape < 7.5) {
    float head = length(p - vec2(0.0, 0.26)) - 0.72;
    float tip = max(a.x * 0.843 - (p.y + 1.08) * 0.538, p.y + 0.12);
    return min(head, tip);
  }
  if (v_shape < 8.5) return (a.x + a.y) * 0.7071 - 0.76;
  if (v_shape < 9.5) {
    vec2 q = abs(vec2(p.x + p.y, p.y - p.x) * 0.7071);
    return min(box(q, vec2(1.0, 0.34)), box(q, vec2(0.34, 1.0)));
  }
  return abs(length(p) - 0.7) - 0.27;
}

void main() {
  float d = shapeDistance(v_place) * v_pixels;
  float soft = 0.7 / u_pixelRatio;
  #ifdef PICKING_MODE
  // The hole of a ring is part of it for the pointer.
  if (min(d, (length(v_place) - 0.95) * v_pixels) > 2.0) discard;
  gl_FragColor = v_color;
  #else
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float around = 1.0 - smoothstep(-soft, soft, d - 2.5);
  if (around <= 0.0) discard;
  gl_FragColor = mix(v_ring, v_color, inside) * around;
  #endif
}
`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_pixelRatio"] as const;
type Uniform = (typeof UNIFORMS)[number];

interface ShapedNode extends NodeDisplayData {
  shape: number;
  ring: string;
}

export class NodeShapeProgram extends NodeProgram<Uniform> {
  override drawLabel = drawNodeLabel;
  override drawHover = drawNodeHover;

  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_ring", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ],
    };
  }

  processVisibleItem(nodeIndex: number, offset: number, data: NodeDisplayData): void {
    const { shape, ring } = data as ShapedNode;
    this.array.set([data.x, data.y, data.size, shape, floatColor(data.color), floatColor(ring), nodeIndex], offset);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const at = uniformLocations as Record<Uniform, WebGLUniformLocation>;
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
  }
}
