//! Sound: off by default, in time with the second that is shown, and silent when nothing plays.

use deleverage::sound::sound;
use deleverage::{Simulator, query};
use page_tests::{Key, Page};

fn simulator(text: &str) -> Simulator {
    Simulator::new(&query::parse(text).expect("a valid query"))
}

/// Records the page's audio contexts and nodes.
const SPY: &str = "
    globalThis.made = [];
    for (const name of ['GainNode', 'OscillatorNode', 'BiquadFilterNode']) {
      const Node = globalThis[name];
      globalThis[name] = class extends Node { constructor(...given) { super(...given); made.push(this); } };
    }
    const Context = globalThis.AudioContext;
    globalThis.contexts = [];
    globalThis.AudioContext = class extends Context { constructor() { super(); contexts.push(this); } };";

#[test]
fn sound_is_off_by_default_and_heard_only_while_playing() {
    let page = Page::open("");
    page.run(SPY);
    assert!(page.holds("!$('.sound').checked && !seen($('.volume'))"));
    page.click(".sale");
    page.until("second() > 298");
    assert_eq!(page.number("contexts.length"), 0.0, "sound is off by default");
    page.click(".sound");
    page.until("contexts[0].state === 'running' && seen($('.volume')) && text('.sound-words').includes('octave')");
    let nodes = page.number("made.length");
    // The second, the tone, and the rate of clicks, in every frame.
    let heard = page.run(
        "const tone = made.find(({ type }) => type === 'triangle'), clicks = made.filter(({ type }) => type === 'custom');
         const heard = [];
         $('.sale').click();
         while (second() <= 325) {
           await new Promise(requestAnimationFrame);
           heard.push([second(), tone.frequency.value, Math.max(...clicks.map(({ frequency }) => frequency.value))]);
         }
         return heard",
    );
    let heard: Vec<[f64; 3]> = serde_json::from_value(heard).expect("numbers");
    let high = heard.iter().rfind(|[second, ..]| *second < 304.0).expect("before the crash")[1];
    let low = heard.last().expect("frames")[1];
    assert!((300.0..440.0).contains(&high), "{high} Hz");
    let simulator = simulator("");
    let trough = simulator.summary().trough();
    let lowest = sound(&simulator, trough, trough).hertz;
    assert!(low < high - 30.0 && low > lowest - 1.0, "{low} Hz after {high} Hz, {lowest} Hz at the lowest");
    page.until("contexts[0].currentTime > 0.5");
    assert_eq!(page.number("made.length"), nodes, "no node is made for a click");
    assert!(heard.iter().any(|[.., rate]| *rate > 1.0 && *rate <= 40.0), "it clicks");

    page.run("$('.speed').value = '1'");
    page.click(".play");
    page.until("contexts[0].state === 'suspended'");
    page.click(".play");
    page.until("contexts[0].state === 'running'");
    // A hidden page is silent.
    let hide = "Object.defineProperty(document, 'hidden', { value: given, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))";
    page.run_with(hide, &true.into());
    page.until("contexts[0].state === 'suspended'");
    page.run_with(hide, &false.into());
    page.until("contexts[0].state === 'running'");
    let volume = "made[0].gain.value";
    page.until(&format!("{volume} > 0.2"));
    page.focus(".volume");
    page.press(Key::Home, 1);
    page.until(&format!("{volume} < 0.001"));

    page.click(".sound");
    page.until("contexts[0].state === 'closed' && !seen($('.volume'))");
    page.run("$('.sound').click()");
    page.until("contexts[1].state === 'running'");
    // A removed laboratory is silent, and its sound is off.
    page.run("const home = lab.parentElement; lab.remove(); await frame(); home.append(lab)");
    page.until("contexts[1].state === 'closed' && !$('.sound').checked && !seen($('.volume'))");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_sound_matches_the_second_and_is_silent_in_a_halt() {
    let page = Page::open("?scenario=breaker");
    page.run(SPY);
    page.click(".sound");
    let simulator = simulator("scenario=breaker");
    let halted = simulator.run().series.halted.iter().position(|halted| *halted == 1).expect("a halt");
    page.run_with(
        "$('.sale').click();
         while (second() <= given) await new Promise(requestAnimationFrame);
         $('.speed').value = '1'",
        &halted.into(),
    );
    // The master volume, and the tone connected to it.
    page.until("made[1].gain.value < 0.01 && contexts[0].state === 'running' && text('.now .time').includes('trade is halted')");
}

#[test]
fn a_browser_without_sound_shows_a_message() {
    let page = Page::open("");
    page.run("globalThis.AudioContext = undefined");
    page.click(".sound");
    page.until("text('.sound-words').includes('no sound in this browser')");
    assert!(page.holds("!$('.sound').checked && !seen($('.volume'))"));
    page.click(".sale");
    page.until("second() > 303");
    assert_eq!(page.complaints(), [""; 0]);
}
