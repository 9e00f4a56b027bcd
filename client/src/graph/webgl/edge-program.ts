/**
 * Draws edges as threads: solid or dashed, with an arrow head, two strokes across when contested, and aside in its lane when
 * several join the same two nodes. One quad an edge; the fragment shader knows where it is along the line, in pixels.
 */
import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { drawEdgeLabel } from "./labels.ts";

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_thickness;
attribute vec2 a_radii;
attribute float a_lane;
attribute vec2 a_dash;
attribute float a_marks;
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_minEdgeThickness;

varying vec4 v_color;
varying vec2 v_place;
varying vec2 v_span;
varying vec2 v_dash;
varying float v_thickness;
varying float v_marks;

const float bias = 255.0 / 254.0;

void main() {
  // Graph length of one pixel.
  float unit = 2.0 * u_correctionRatio;
  vec2 way = a_to - a_from;
  float whole = length(way);
  vec2 along = whole > 0.0 ? way / whole : vec2(1.0, 0.0);
  vec2 aside = vec2(-along.y, along.x);
  float pixels = whole / unit;
  v_thickness = max(a_thickness / u_sizeRatio, u_minEdgeThickness);
  float reach = 5.0 + v_thickness * 1.5;
  float lane = a_lane / max(u_sizeRatio, 0.6);
  float place = a_corner.x * pixels;
  gl_Position = vec4((u_matrix * vec3(a_from + along * place * unit + aside * (lane + a_corner.y * reach) * unit, 1.0)).xy, 0.0, 1.0);
  v_place = vec2(place, a_corner.y * reach);
  v_span = vec2(a_radii.x / u_sizeRatio, pixels - a_radii.y / u_sizeRatio - 2.5);
  v_dash = a_dash;
  v_marks = a_marks;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying vec2 v_place;
varying vec2 v_span;
varying vec2 v_dash;
varying float v_thickness;
varying float v_marks;

uniform float u_pixelRatio;

void main() {
  float x = v_place.x;
  float y = abs(v_place.y);
  if (x < v_span.x || x > v_span.y) discard;
  #ifdef PICKING_MODE
  if (y > v_thickness * 0.5 + 3.0) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.7 / u_pixelRatio;
  bool arrow = mod(v_marks, 2.0) > 0.5;
  bool contested = v_marks > 1.5;
  float headLength = 5.0 + v_thickness * 2.0;
  float bodyEnd = arrow ? v_span.y - headLength * 0.8 : v_span.y;
  float alpha = 1.0 - smoothstep(v_thickness * 0.5 - soft, v_thickness * 0.5 + soft, y);
  if (x > bodyEnd) alpha = 0.0;
  if (v_dash.x > 0.0) {
    float phase = mod(x - v_span.x, v_dash.x + v_dash.y);
    alpha *= 1.0 - smoothstep(v_dash.x - soft, v_dash.x + soft, phase);
  }
  if (arrow) {
    float wide = (v_span.y - x) / headLength * (2.2 + v_thickness);
    if (x > v_span.y - headLength) alpha = max(alpha, 1.0 - smoothstep(wide - soft, wide + soft, y));
  }
  if (contested) {
    float middle = (v_span.x + v_span.y) * 0.5;
    float stroke = abs(abs(x - middle + v_place.y * 0.4) - 2.4);
    if (y < 5.5) alpha = max(alpha, 1.0 - smoothstep(0.9 - soft, 0.9 + soft, stroke));
  }
  if (alpha <= 0.003) discard;
  gl_FragColor = v_color * alpha;
  #endif
}
`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_pixelRatio", "u_minEdgeThickness"] as const;
type Uniform = (typeof UNIFORMS)[number];

interface ThreadEdge extends EdgeDisplayData {
  dash: number;
  gap: number;
  arrow: number;
  contested: number;
  lane: number;
}

export class ThreadProgram extends EdgeProgram<Uniform> {
  override drawLabel = drawEdgeLabel;

  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_from", size: 2, type: FLOAT },
        { name: "a_to", size: 2, type: FLOAT },
        { name: "a_thickness", size: 1, type: FLOAT },
        { name: "a_radii", size: 2, type: FLOAT },
        { name: "a_lane", size: 1, type: FLOAT },
        { name: "a_dash", size: 2, type: FLOAT },
        { name: "a_marks", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [0, -1],
        [1, -1],
        [0, 1],
        [0, 1],
        [1, -1],
        [1, 1],
      ],
    };
  }

  processVisibleItem(
    edgeIndex: number,
    offset: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const { dash, gap, arrow, contested, lane } = data as ThreadEdge;
    const marks = arrow + 2 * contested;
    const geometry = [
      source.x,
      source.y,
      target.x,
      target.y,
      data.size,
      source.size,
      target.size,
      lane,
      dash,
      gap,
      marks,
    ];
    this.array.set([...geometry, floatColor(data.color), edgeIndex], offset);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const at = uniformLocations as Record<Uniform, WebGLUniformLocation>;
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
    gl.uniform1f(at.u_minEdgeThickness, params.minEdgeThickness);
  }
}
