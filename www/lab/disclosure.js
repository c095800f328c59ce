// A disclosure: a <details> whose content loads when it is first opened, and follows the settings while open.

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * A <details> with this title. `load(element)` fills it when it is opened and returns its content, which has
 * `show(query)`. The disclosure's own `show(query)` passes new settings on, at the latest when it is opened again.
 * @template {{ show(query: string): void }} Content
 * @param {string} title
 * @param {string} name
 * @param {(element: HTMLDetailsElement) => Promise<Content>} load
 */
export function disclosure(title, name, load) {
  const element = h("details", { className: `group ${name}` }, h("summary", {}, title));
  /** @type {Promise<Content> | undefined} */
  let loading; // the promise of the content
  /** @type {Content | undefined} */
  let content;
  let query = "";
  const trouble = h("p", { hidden: true });
  const open = async () => {
    if (!element.open) return;
    try {
      content = await (loading ??= load(element));
      trouble.remove();
      if (element.open) content.show(query);
    } catch (error) {
      loading = undefined;
      const reason = /** @type {Error} */ (error).message;
      trouble.textContent = t("This part could not be loaded: {reason}. Close it and open it again to try once more.", {
        reason,
      });
      trouble.hidden = false;
      element.append(trouble);
    }
  };
  element.addEventListener("toggle", open);
  return {
    element,
    /** The content, once it has loaded and while it is open. */
    get content() {
      return element.open ? content : undefined;
    },
    /** @param {string} next */
    show(next) {
      query = next;
      this.content?.show(next);
    },
  };
}
