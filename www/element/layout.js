// The parts of a laboratory or of one figure: built, connected with its run and arranged.

import { trapped } from "../core/engine.js";
import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { theme } from "../core/theme.js";
import { controls } from "./controls.js";
import { notice } from "./notice.js";
import { player } from "./player.js";
import { views } from "./views.js";

/**
 * @import { Lab, ParamId, Scenario, SpanName, ViewRow } from "../pkg/full.js"
 * @import { DeleverageLab } from "./element.js"
 * @import { Session } from "./session.js"
 * @import { Drawn } from "./views.js"
 *
 * @typedef {{ views: string[], controls: string[] }} Figure The views and controls of one figure.
 * @typedef {{ connect(): void, disconnect(): void }} Connectable A part that runs while the element is on a page.
 * @typedef {Scenario & { span: SpanName, written: string }} Named A scenario and its query.
 *
 * Requests of a reader, by the part that they come from.
 * @typedef {object} Requests
 * @property {DeleverageLab} host the element
 * @property {(id: ParamId, value: number | string) => void} slide
 * @property {(scenario: Named) => void} choose
 * @property {() => void} reseed
 * @property {() => void} repeat
 * @property {(event: Event) => void} restart
 * @property {(second: number, playing: boolean) => void} moved
 * @property {(problems: string[]) => void} problems
 * @property {() => void} restSoon
 * @property {(seed: string) => void} open shows the crowd with that seed
 * @property {() => void} finished all other crowds have been run
 * @property {number} crowds how many other crowds are run
 *
 * @typedef {object} Layout
 * @property {HTMLElement} root
 * @property {HTMLElement} content
 * @property {HTMLElement} headline
 * @property {HTMLElement} status
 * @property {string[]} problems
 * @property {ReturnType<typeof notice>} notice
 * @property {ReturnType<typeof controls>} controls
 * @property {ReturnType<typeof player>} player
 * @property {ReturnType<typeof theme>} theme
 * @property {ReturnType<typeof views>} views
 * @property {ReturnType<typeof import("../lab/pointer.js").pointer>} [pointer]
 * @property {ReturnType<typeof import("../lab/scenarios.js").scenarioPicker>} [scenarios]
 * @property {ReturnType<typeof import("../lab/compare.js").compare>} [compare]
 * @property {ReturnType<typeof import("../lab/lab-panels.js").loop>} [loop]
 * @property {ReturnType<typeof import("../lab/lab-panels.js").figures>} [figures]
 * @property {ReturnType<typeof import("../lab/lab-panels.js").seedButtons>} [seeds]
 * @property {ReturnType<typeof import("../lab/disclosure.js").disclosure>} [study]
 * @property {ReturnType<typeof import("../lab/outputs.js").outputs>} [outputs]
 * @property {ReturnType<typeof import("../lab/crowds.js").crowds>} [crowds]
 * @property {Connectable[]} [connectables]
 */

/** A control that is not a parameter: historical days. */
const DAYS = "days";

/**
 * All parts by name, and `root`, which holds them. `session` has the run; `on` has further callbacks; `figure` names
 * the views and controls of one figure, and is undefined for the whole laboratory.
 * @param {Session} session
 * @param {Requests} on
 * @param {Figure} [figure]
 * @returns {Promise<Layout>}
 */
export async function layout(session, on, figure) {
  const { exports } = session;
  const rows = exports.table();
  const [left, right] = exports.margins();
  /** @type {string[]} */
  const problems = [];
  const table = exports.views();
  const asked = (figure?.views ?? table.filter(({ laboratory }) => laboratory).map(({ name }) => name)).flatMap(
    (wanted) => {
      const row = table.find(({ name }) => name === wanted);
      if (!row) problems.push(t('there is no view "{name}"', { name: wanted.slice(0, 40) }));
      return row ?? [];
    },
  );
  if (asked.length === 0) asked.push(table[0]);
  const shown = figure ? rows.filter(({ name }) => figure.controls.includes(name)) : rows;
  for (const name of figure?.controls ?? []) {
    if (name === DAYS || rows.some((row) => row.name === name)) continue;
    problems.push(t('there is no control "{name}"', { name: name.slice(0, 40) }));
  }

  const low = () => session.lab?.extreme() ?? Infinity;

  // The rest is added below.
  const parts = /** @type {Layout} */ (
    /** @type {Partial<Layout>} */ ({
      problems,
      notice: notice(on.restart),
      headline: h("p", { className: "headline", part: "headline" }),
      status: h("p", { className: "unseen", role: "status" }),
      controls: controls(
        shown,
        (id, value) => session.exports.words(id, value),
        on.slide,
        figure !== undefined,
        () => session.release(),
      ),
      player: player(
        {
          sight: (span) => session.last.sights[span],
          words: (second) => session.lab?.time(second) ?? "",
          moved: on.moved,
          seen: () => parts.views.inSight(),
          low: asked[0].name === "market" ? low : undefined,
          // Later nothing flows any more.
          rest: asked.some(({ name }) => name === "loop") ? low : undefined,
          // Orders travel around the loop within a second or two.
          limit: asked[0].name === "loop" ? 2 : 5,
        },
        figure !== undefined,
      ),
      views: views(
        asked,
        { left, right },
        {
          paint,
          // The target of a pointer is highlighted in all views.
          pointed(name, size, em, at) {
            const { span, second } = parts.player;
            if (session.lab?.pointAt)
              lit(session.lab.pointAt(name === "kept" ? "price" : name, size, em, span, second, at));
          },
          left: () => light("", 0),
          clicked: (name, size, em, at) => parts.crowds?.clicked(name, size, em, parts.player.span, at),
          dragged: (fraction) => session.lab && parts.player.drag(fraction),
        },
      ),
    })
  );

  /**
   * @param {Drawn} name
   * @param {HTMLCanvasElement} canvas
   * @param {number} em
   * @param {number} width
   * @param {number} height
   */
  function paint(name, canvas, em, width, height) {
    // Resizing clears a canvas: without a simulator the last picture stays at its size.
    if (!session.lab) return;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    try {
      session.lab.draw(name, canvas, em, parts.theme.dark, parts.player.span, parts.player.exact);
    } catch (error) {
      if (!trapped(error))
        on.problems([t("The picture could not be drawn: {reason}", { reason: /** @type {Error} */ (error).message })]);
    }
  }

  /**
   * @param {string} what
   * @param {number} value
   */
  function light(what, value) {
    if (session.lab?.point) lit(session.lab.point(what, value));
  }

  /** @param {Float64Array} found */
  function lit([second, fall, account]) {
    parts.pointer?.show({ second, fall, account });
    parts.views.draw();
  }

  const timed = asked.some(({ moves }) => moves);
  // The cursor slider runs along the plots above it.
  const aligned = /** @type {ViewRow} */ (asked.at(-1)).axis === "time" || !figure;
  parts.player.cursor.classList.toggle("aligned", aligned);
  if (figure) {
    parts.root = h("div", { className: "lab figure" });
    if (timed) parts.views.element.append(parts.player.cursor);
    const after = [];
    if (asked.some(({ axis }) => axis === "price")) {
      const { pointer } = await import("../lab/pointer.js");
      parts.pointer = pointer(light, session, asked);
      after.push(parts.pointer.element);
    }
    if (figure.controls.includes(DAYS)) {
      const { scenarioPicker } = await import("../lab/scenarios.js");
      const days = exports.scenarios().filter(({ episode }) => episode);
      parts.scenarios = scenarioPicker(days, on.choose, t("Day"));
    }
    parts.content = h(
      "div",
      { className: `content ${asked.map(({ name }) => name).join("-")}` },
      ...(parts.scenarios ? [parts.scenarios.element] : []),
      h("div", { className: "main", part: "controls" }, ...parts.controls.main),
      parts.headline,
      ...(timed ? [parts.player.element] : []),
      parts.views.element,
      ...after,
    );
  } else {
    // Only the whole laboratory loads the rest.
    const { furnish } = await import("../lab/full-lab.js");
    const usual = new Map(rows.map((row) => [row.id, row.default]));
    await furnish(parts, session, { ...on, light, usual: (id) => /** @type {number} */ (usual.get(id)) });
  }

  if (on.crowds > 0) (await import("../lab/crowds.js")).add(parts, session, on);

  /** @param {Event} event */
  const unlessAlive = (event) => {
    if (!session.lab) event.stopImmediatePropagation();
  };
  for (const type of ["click", "input", "change"]) parts.content.addEventListener(type, unlessAlive, true);
  parts.root ??= h("div", { className: "lab" });
  parts.root.append(parts.notice.element, parts.content, parts.status);
  parts.root.style.setProperty("--plot-left", `${left}em`);
  parts.root.style.setProperty("--plot-right", `${right}em`);
  parts.theme = theme(parts.root, (printing) => (printing ? parts.views.drawNow() : parts.views.draw()));
  return parts;
}
