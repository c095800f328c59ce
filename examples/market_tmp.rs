//! x
use deleverage::chart::{About, Extras, Scene, Span, Theme, View, picture};
use deleverage::{Simulator, query};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (w, h, em): (u32, u32, f64) = (args[0].parse().unwrap(), args[1].parse().unwrap(), args[2].parse().unwrap());
    let dark = args[3] == "dark";
    let simulator = Simulator::new(&query::parse(&args[4]).unwrap());
    let extras = Extras::default();
    let mut html = String::from("<body style='margin:0'>");
    for t in &args[5..] {
        let t: f64 = t.parse().unwrap();
        let theme = if dark { Theme::dark() } else { Theme::light() };
        let scene = Scene { part: t.fract(), ..Scene::new(&simulator, &extras, Span::Minutes2, t as usize) };
        let svg = picture(View::Market, (w, h), em, &theme, &scene, About { title: "", source: "" }).unwrap();
        html += &format!("<div style='float:left;border:1px solid #ccc;width:{w}px;height:{h}px'>{svg}</div>");
    }
    println!("{html}");
}
