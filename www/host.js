// The script of a page that embeds figures. It sets the height of each frame whose embed.html is next to this script.
// Without it, a frame keeps the height set by its author. It is a classic script, because a module from a different
// host would need CORS permission.

(() => {
  const figures = new URL("embed.html", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** Limit on the height that a figure can request, px. */
  const MOST = 20_000;

  const frames = () =>
    [...document.querySelectorAll("iframe")].filter((frame) => {
      const url = new URL(frame.src, location.href);
      return url.origin === figures.origin && url.pathname === figures.pathname;
    });

  addEventListener("message", ({ source, data }) => {
    if (data?.deleverage !== 1 || data.type !== "height") return;
    if (!(data.height > 0 && data.height <= MOST)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== source) continue;
      const { borderTopWidth, borderBottomWidth, boxSizing } = getComputedStyle(frame);
      const border = boxSizing === "border-box" ? parseFloat(borderTopWidth) + parseFloat(borderBottomWidth) : 0;
      frame.style.height = `${data.height + border}px`;
    }
  });
  // A frame that loaded first has already sent its height. (To any origin: a frame may have none, and this reveals nothing.)
  for (const frame of frames()) frame.contentWindow?.postMessage({ deleverage: 1, type: "height" }, "*");
})();
