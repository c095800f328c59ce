//! Attributes of the element besides its state: the theme and autoplay.

use page_tests::{OPENING, Page};

#[test]
fn the_theme_attribute_overrides_the_system_preference() {
    let page = Page::open("");
    page.prefer(&[("prefers-color-scheme", "light")]);
    let pixels = "(await frame(), pixels('price'))";
    let light = page.get(pixels);
    page.run("lab.setAttribute('theme', 'dark')");
    page.until("getComputedStyle($('.lab')).backgroundColor === 'rgb(22, 24, 26)'");
    let dark = page.get(pixels);
    assert_ne!(dark, light);
    page.prefer(&[("prefers-color-scheme", "dark")]);
    page.run("lab.setAttribute('theme', 'light')");
    page.until("getComputedStyle($('.lab')).backgroundColor === 'rgb(255, 255, 255)'");
    assert_eq!(page.get(pixels), light);
    page.run("lab.removeAttribute('theme')");
    page.until("getComputedStyle($('.lab')).backgroundColor === 'rgb(22, 24, 26)'");
    assert_eq!(page.get(pixels), dark);
    page.run("lab.setAttribute('theme', 'blue')");
    page.until("text('.notice').includes('theme is \"blue\", but must be light or dark')");
    assert_eq!(page.get(pixels), dark);
}

#[test]
fn changed_attributes_apply_and_wrong_values_are_reported_until_corrected() {
    let page = Page::open("");
    page.run("lab.setAttribute('bots', '500')");
    page.until("lab.params.bots === 100");
    assert!(page.text("text('.notice')").contains("bots is \"500\""));
    page.run("lab.setAttribute('theme', 'blue'); lab.setAttribute('bots', 'many')");
    page.until("['theme is \"blue\"', 'bots is \"many\"'].every((words) => text('.notice').includes(words))");
    page.run("lab.setAttribute('bots', '20')");
    page.until("lab.params.bots === 20 && text('.notice') === ''");
    page.run("lab.setAttribute('theme', 'green')");
    page.until("text('.notice').includes('theme is \"green\"')");
    page.run("lab.setAttribute('theme', 'light')");
    page.until("text('.notice') === ''");
    // Settings of the reader are kept and take precedence.
    page.run(
        "lab.params = { maintenance: 4 }; $('.cursor').value = 310; $('.cursor').dispatchEvent(new Event('input'))",
    );
    page.run("lab.setAttribute('leverage', '50')");
    page.until("lab.params.leverage === 25 && text('.notice').includes('contradict each other')");
    assert_eq!(page.get("[lab.params.bots, lab.params.maintenance, second()]"), page_tests::json!([20, 4, 310]));
}

#[test]
fn an_element_can_change_document_before_its_style_has_loaded() {
    let page = Page::start(page_tests::server::as_built(), page_tests::Options::default());
    page.load("embed.html?view=price");
    page.run(
        "await customElements.whenDefined('deleverage-lab'); await document.querySelector('deleverage-lab').ready",
    );
    page.run(
        "const one = document.createElement('deleverage-lab');
         one.setAttribute('view', 'sales');
         const box = document.body.appendChild(document.createElement('iframe'));
         document.body.prepend(one);
         await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
         box.contentDocument.body.append(one);
         await one.ready;
         globalThis.moved = one;",
    );
    assert!(
        page.holds("moved.shadowRoot.adoptedStyleSheets.length > 0 && moved.querySelector('.still-note') === null")
    );
}

#[test]
fn an_element_keeps_its_style_in_another_document() {
    let page = Page::open_at(OPENING, "");
    let looks = "[getComputedStyle($('.lab')).borderTopColor, getComputedStyle($('.headline')).fontSize, getComputedStyle($('canvas.market')).display]";
    let before = page.get(looks);
    page.run(
        "globalThis.moved = lab;
         const box = document.body.appendChild(document.createElement('iframe'));
         Object.assign(box.style, { width: `${lab.clientWidth + 40}px`, height: '900px' });
         box.contentDocument.body.append(lab);
         box.scrollIntoView({ behavior: 'instant' });",
    );
    let there = looks.replace("$('", "moved.shadowRoot.querySelector('");
    assert_eq!(page.get(&there), before);
    assert!(page.holds("moved.shadowRoot.querySelector('canvas.market').clientWidth > 200"));
}

#[test]
fn autoplay_can_be_cancelled_before_the_element_is_ready() {
    let page = Page::open("");
    page.run(
        "globalThis.others = [true, false].map((off) => {
           const other = document.createElement('deleverage-lab');
           other.setAttribute('view', 'price');
           lab.before(other);
           other.play();
           if (off) other.pause();
           return other;
         });
         for (const { ready } of others) await ready;
         await frame();",
    );
    let played = page.get("others.map(({ shadowRoot }) => shadowRoot.querySelector('.play').textContent)");
    assert_eq!(played, page_tests::json!(["Play", "Pause"]));
}

#[test]
fn autoplay_waits_for_visibility_and_pauses_out_of_sight() {
    let page = Page::open_at(OPENING, "");
    page.run(
        "const other = document.createElement('deleverage-lab');
         other.id = 'other';
         for (const name of ['autoplay', 'view', 'controls']) other.setAttribute(name, name === 'view' ? 'price' : '');
         document.body.append(other);
         scrollTo({ top: scrollY + other.getBoundingClientRect().top - 1.5 * innerHeight, behavior: 'instant' });
         await other.ready;",
    );
    let second = "document.getElementById('other').shadowRoot.querySelector('.cursor').valueAsNumber";
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert_eq!(page.number(second), 420.0, "near, but not in sight");
    // A framework may move it before it has played.
    page.run(
        "const { other } = window, next = other.nextSibling; other.remove(); document.body.insertBefore(other, next)",
    );
    page.run("document.getElementById('other').scrollIntoView({ behavior: 'instant', block: 'center' })");
    page.until(&format!("{second} > 299 && {second} < 400"));
    page.run("scrollTo({ top: 0, behavior: 'instant' }); await frame()");
    let left = page.number(second);
    page.run("await new Promise((resolve) => setTimeout(resolve, 1500))");
    assert_eq!(page.number(second), left, "playing pauses out of sight");
    page.run("document.getElementById('other').scrollIntoView({ behavior: 'instant', block: 'center' })");
    page.until(&format!("{second} > {left}"));
    assert_eq!(page.complaints(), [""; 0]);
}
