//! The figures of known results in `model.html`, drawn natively at build time.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use deleverage::chart::backend::svg::{Svg, escape};
use deleverage::chart::figures::proof as draw_proof;
use deleverage::chart::{FINE, Pen, Theme};
use deleverage::validation::{Axis, Plot, Proof, all};
use plotters::prelude::IntoDrawingArea;

use crate::html;

/// The place of the figures in the page.
const PLACE: &str = "proofs";

/// The page.
pub(crate) const PAGE: &str = "model.html";

/// The directory of the drawings, relative to the page.
const DRAWINGS: &str = "proofs";

/// Width and height of a drawing in CSS pixels.
const SIZE: (u32, u32) = (560, 360);

/// Size of the text in CSS pixels.
const EM: f64 = 14.0;

/// Draws every proof in both themes and puts the figures into the page in this directory.
///
/// # Errors
/// A figure cannot be drawn or written, or the page has no place for them.
pub fn write(directory: &Path) -> Result<()> {
    let proofs = all();
    for proof in &proofs {
        draw(directory, proof.id, &proof.plot)?;
    }
    let figures: String = proofs.iter().map(figure).collect();
    html::fill_file(&directory.join(PAGE), PLACE, figures.trim_end())
}

/// Draws a figure in both themes, for the page in this directory.
pub(crate) fn draw(directory: &Path, id: &str, plot: &Plot) -> Result<()> {
    let drawings = directory.join(DRAWINGS);
    fs::create_dir_all(&drawings).with_context(|| format!("cannot make {}", drawings.display()))?;
    for (paper, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
        let mut svg = String::new();
        let area = Svg::new(&mut svg, (SIZE.0 * FINE as u32, SIZE.1 * FINE as u32)).into_drawing_area();
        let drawn = draw_proof(&area, EM, &theme, plot).and_then(|()| Pen::present(&area));
        drawn.map_err(|error| anyhow!("the figure {id} cannot be drawn: {error}"))?;
        drop(area);
        let path = drawings.join(format!("{id}-{paper}.svg"));
        fs::write(&path, svg).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The markup of a drawn figure, with `alt` as its text alternative.
pub(crate) fn picture(id: &str, alt: &str) -> String {
    let ((width, height), alt) = (SIZE, escape(alt));
    format!(
        r#"<picture>
            <source srcset="{DRAWINGS}/{id}-dark.svg" media="(prefers-color-scheme: dark)" />
            <img class="still" src="{DRAWINGS}/{id}-light.svg" width="{width}" height="{height}" loading="lazy" alt="{alt}" />
          </picture>"#
    )
}

/// One proof as a figure with its caption.
fn figure(proof: &Proof) -> String {
    let Proof { id, title, source, claim, formula, exact, ends, .. } = proof;
    let [title, source, claim, exact, ends] = [title, source, claim, exact, ends].map(|text| escape(text));
    // Several formulas go below each other.
    let formula: Vec<_> = formula.split("; ").map(|one| format!("<code>{}</code>", escape(one))).collect();
    let formula = formula.join("<br />");
    let picture = picture(id, &format!("{} {}", description(&proof.plot), deviation(&proof.plot)));
    let mut html = String::new();
    let _ = write!(
        html,
        r#"<figure class="figure" id="{id}">
          <h3>{title}</h3>
          {picture}
          <figcaption>
            <p>{claim}</p>
            <p>{formula}</p>
            <p class="still-note"><b>Exact:</b> {exact}<br /><b>Ends:</b> {ends}<br /><b>Source:</b> {source}</p>
          </figcaption>
        </figure>
        "#
    );
    html
}

/// The text alternative of the drawing: axes, curves and points.
fn description(plot: &Plot) -> String {
    let axis = |Axis { label, unit, from, to, log }: Axis| {
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let scale = if log { ", logarithmic" } else { "" };
        format!("{label}, from {from} to {to}{unit}{scale}")
    };
    let names: Vec<_> = plot.curves.iter().map(|curve| curve.label.text.as_str()).collect();
    let points: usize = plot.curves.iter().map(|curve| curve.measured.len()).sum();
    format!(
        "Upwards: {}. To the right: {}. Curves: {}. Dots: {points} measured points, {}.",
        axis(plot.y),
        axis(plot.x),
        names.join("; "),
        plot.measured.text
    )
}

/// The distance of the points from the curves, in words.
fn deviation(plot: &Plot) -> String {
    let deviation = plot.deviation();
    if plot.y.log {
        return format!("The largest distance of a point from its curve is {:.0}% of the curve.", 100.0 * deviation);
    }
    let unit = match plot.y.unit {
        "%" => " percentage points",
        unit => unit,
    };
    // One significant digit: more would suggest a precision that is not there.
    let decimals = (-libm::floor(libm::log10(deviation.max(1e-6)))).max(0.0) as usize;
    format!("The largest distance of a point from its curve is {deviation:.decimals$}{unit}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn the_placeholder_becomes_figures_whose_files_exist() {
        let directory = project::target().join(format!("tmp-proofs-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        fs::copy(project::root().join("www").join(PAGE), directory.join(PAGE)).unwrap();
        write(&directory).unwrap();

        let page = fs::read_to_string(directory.join(PAGE)).unwrap();
        assert!(!html::has_place(&page, PLACE));
        let proofs = all();
        assert_eq!(page.matches("<figure").count(), proofs.len());
        for attribute in ["src=\"", "srcset=\""] {
            for rest in page.split(attribute).skip(1) {
                let link = rest.split('"').next().unwrap();
                assert!(directory.join(link).is_file(), "{link} is not there");
            }
        }
        assert_eq!(fs::read_dir(directory.join(DRAWINGS)).unwrap().count(), 2 * proofs.len());
        assert!(!page.contains("NaN"), "a point lies beyond its curve");
        // A second time there is no place for them.
        assert!(write(&directory).unwrap_err().to_string().contains(PAGE));
        fs::remove_dir_all(directory).unwrap();
    }
}
