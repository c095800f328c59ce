// An author's page: the element in a React component, mounted, changed and removed by the test.

import "deleverage";
import { createElement, useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";

function Figure({ bots }) {
  const element = useRef();
  useEffect(() => {
    const told = ({ detail }) => globalThis.told.push(detail.params.bots);
    const figure = element.current;
    figure.addEventListener("deleverage:change", told);
    return () => figure.removeEventListener("deleverage:change", told);
  }, []);
  return createElement("deleverage-lab", { ref: element, id: "figure", view: "market", controls: "bots", bots });
}

globalThis.told = [];
let root;

globalThis.mount = (bots) => {
  root ??= createRoot(document.getElementById("app"));
  root.render(createElement(Figure, { bots }));
};
globalThis.unmount = () => {
  root.unmount();
  root = undefined;
};
mount(20);
