// The public entry: defines <deleverage-lab>, which element/element.js describes.

import { DeleverageLab } from "./element/element.js";

// A second copy of this file on a page must not define the name again.
if (!customElements.get("deleverage-lab")) customElements.define("deleverage-lab", DeleverageLab);
