// The sound of a run: the pitch of a tone follows the price, and each forced sale is a click. The simulator computes
// the sound of each second.
//
//     off -> silent <-> sounding (while time plays and the page is in sight)
//      ^------/  \-> failed (the switch is off again, and a line says why)

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @typedef {{ filter: BiquadFilterOptions, gain: number }} Voice */

/** Seconds for a change of loudness or pitch, and milliseconds after which it is complete. */
const SOON = 0.02;
const SILENT = 150;

/** Loudness of the tone. */
const TONE = 0.12;

/**
 * Filters that make the clicks of bots sharp and those of people dull, and the loudness of each.
 * @type {Record<"bots" | "people", Voice>}
 */
const VOICES = {
  bots: { filter: { type: "bandpass", frequency: 2200, Q: 0.8 }, gain: 0.15 },
  people: { filter: { type: "lowpass", frequency: 350, Q: 1 }, gain: 1 },
};

const meaning = () =>
  t(
    "Pitch follows the price: a fall of 25% is an octave down. Clicks are forced sales, sharp for bots and dull for people. A halt is silent.",
  );

/**
 * The switch and its volume. `heard(from, to)` returns `[hertz, bots, people]`, or undefined: see `Lab.sound`.
 * @param {(from: number, to: number) => ArrayLike<number> | undefined} heard
 */
export function sound(heard) {
  const box = h("input", { type: "checkbox", className: "sound" });
  const volume = h("input", { type: "range", className: "volume", min: 0, max: 100, step: 5, value: 50 });
  const loud = h("label", { className: "loudness", hidden: true }, t("Volume"), " ", volume);
  const words = h("small", { className: "sound-words", role: "status" });
  /** @type {ReturnType<typeof build> | undefined} */
  let instrument;
  /** @type {number | undefined} */
  let last; // the last second heard, while time plays
  let playing = false;

  /** @param {unknown} error */
  const fail = (error) => {
    quit();
    box.checked = false;
    loud.hidden = true;
    words.textContent = t("There is no sound in this browser: {reason}.", {
      reason: /** @type {Partial<Error> | undefined} */ (error)?.message ?? String(error),
    });
  };

  const quit = () => {
    document.removeEventListener("visibilitychange", go);
    instrument?.close();
    instrument = last = undefined;
  };

  /** Starts or stops the sound as required. */
  function go() {
    const sounding = playing && !document.hidden;
    if (!sounding) last = undefined;
    instrument?.run(sounding);
  }

  const switched = () => {
    if (!box.checked) quit();
    else {
      try {
        // Created here, because a browser allows sound only after a click.
        instrument = build(Number(volume.value) / 100, fail);
        document.addEventListener("visibilitychange", go);
        go();
      } catch (error) {
        fail(error);
        return;
      }
    }
    loud.hidden = !box.checked;
    words.textContent = box.checked ? meaning() : "";
  };
  box.addEventListener("change", switched);

  const level = () => {
    volume.setAttribute("aria-valuetext", t("{number}%", { number: volume.value }));
    instrument?.volume(Number(volume.value) / 100);
  };
  volume.addEventListener("input", level);
  level();

  const ears = h("span", { className: "ears" }, h("label", {}, box, " ", t("Sound")), loud);
  return {
    elements: [ears, words],
    /**
     * Follows the time to a second, playing or not.
     * @param {number} second
     * @param {boolean} plays
     */
    moved(second, plays) {
      if (instrument && !box.isConnected) {
        // The laboratory has been removed from the page.
        box.checked = false;
        switched();
      }
      if (plays !== playing) {
        playing = plays;
        go();
      }
      if (!instrument || !playing || document.hidden || second === last) return;
      const now = heard(last !== undefined && last < second ? last : second, second);
      if (now) instrument.play(now[0], now[1], now[2]);
      last = second;
    },
  };
}

/**
 * Tone and clicks, silent until they start. All use the same few nodes; a click creates none. `failed(error)` is called
 * if sound turns out to be unavailable later.
 * @param {number} loudness
 * @param {(error: unknown) => void} failed
 */
function build(loudness, failed) {
  const Context = globalThis.AudioContext;
  if (!Context) throw new Error(t("it has no Web Audio"));
  const context = new Context();
  context.addEventListener("error", () => failed(t("it cannot play")));
  const out = new GainNode(context, { gain: 0 });
  out.connect(context.destination);
  let level = loudness;
  let on = false;
  let resting = 0;

  /**
   * @param {AudioParam} parameter
   * @param {number} value
   */
  const smoothly = (parameter, value) => parameter.setTargetAtTime(value, context.currentTime, SOON);
  /**
   * @param {OscillatorOptions} options
   * @param {AudioNode[]} nodes
   */
  const source = (options, ...nodes) => {
    const oscillator = new OscillatorNode(context, options);
    /** @type {AudioNode[]} */ ([oscillator, ...nodes, out]).reduce((from, to) => from.connect(to));
    oscillator.start();
    return oscillator.frequency;
  };

  const tone = new GainNode(context, { gain: 0 });
  const pitch = source({ type: "triangle", frequency: 440 }, tone);
  // A wave of equal harmonics is one click per period. A filter passes fewer harmonics of a faster wave; the factor of
  // the rate compensates for the quieter clicks.
  const clicks = new PeriodicWave(context, { real: Float32Array.from({ length: 2048 }, (_, i) => Number(i > 0)) });
  /** @param {Voice} voice */
  const voice = ({ filter, gain }) => {
    const loud = new GainNode(context, { gain: 0 });
    const rate = source({ periodicWave: clicks, frequency: 0 }, new BiquadFilterNode(context, filter), loud);
    return (/** @type {number} */ each) => {
      rate.setValueAtTime(each, context.currentTime);
      smoothly(loud.gain, gain * each);
    };
  };
  const [bots, people] = [voice(VOICES.bots), voice(VOICES.people)];

  return {
    /**
     * @param {number} hertz
     * @param {number} ofBots
     * @param {number} ofPeople
     */
    play(hertz, ofBots, ofPeople) {
      if (hertz > 0) smoothly(pitch, hertz);
      smoothly(tone.gain, hertz > 0 ? TONE : 0);
      bots(ofBots);
      people(ofPeople);
    },
    /**
     * Hearing is roughly logarithmic: half volume is a quarter of the amplitude.
     * @param {number} to
     */
    volume(to) {
      level = to;
      if (on) smoothly(out.gain, level * level);
    },
    /** @param {boolean} sounding */
    run(sounding) {
      on = sounding;
      clearTimeout(resting);
      smoothly(out.gain, on ? level * level : 0);
      if (on) context.resume().catch(failed);
      else resting = setTimeout(() => context.suspend().catch(failed), SILENT);
    },
    close() {
      clearTimeout(resting);
      context.close();
    },
  };
}
