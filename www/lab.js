// The public entry: defines <deleverage-lab>, which element/element.js describes.

import { DeleverageLab } from "./element/element.js";

// Two copies of this file on a page must not fight over the name.
if (!customElements.get("deleverage-lab")) customElements.define("deleverage-lab", DeleverageLab);
