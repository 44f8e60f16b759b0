// What bench/page.py does in the browser: frames counted, a bare graph drawn, bare rows shown, a box scrolled.
window.bench = {
  frames: null,
  usable: null,

  /** `usable`: since when the view is there and nothing in it waits, milliseconds from the navigation on; else null. */
  watch() {
    const look = () => {
      const whole = document.querySelector("main h1") && !document.querySelector(".spinner, .waiting");
      this.usable = whole ? (this.usable ?? performance.now()) : null;
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  },

  /** Count frames from now on; `frames` holds their milliseconds. */
  count() {
    const all = (this.frames = []);
    let last = performance.now();
    const step = (now) => {
      all.push(now - last);
      last = now;
      if (this.frames === all) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  },

  /** The frames so far, and none of them again; the last call ends the counting. */
  taken(end) {
    const found = this.frames.splice(0);
    if (end) this.frames = null;
    return found;
  },

  /** Milliseconds until Cytoscape.js has drawn elements that have their positions. */
  draw(elements) {
    return new Promise((done) => {
      const begun = performance.now();
      const style = [
        {
          selector: "node",
          style: { width: 26, height: 26, "background-color": "data(colour)", label: "data(name)", "font-size": 11, "text-valign": "bottom" },
        },
        {
          selector: "edge",
          style: {
            width: 1.2,
            "line-color": "data(colour)",
            "curve-style": "bezier",
            "target-arrow-shape": "triangle",
            "target-arrow-color": "data(colour)",
          },
        },
      ];
      const cy = cytoscape({ container: document.getElementById("box"), elements, style, layout: { name: "preset" } });
      cy.one("render", () => done(performance.now() - begun));
      cy.fit(undefined, 30);
    });
  },

  /** A table with the rows in sight and a dozen on either side, and nothing else. */
  rows(total) {
    document.body.innerHTML = "<div id=box style='height:560px;overflow:auto'><table><tbody></tbody></table></div>";
    const box = document.getElementById("box");
    const body = box.querySelector("tbody");
    const show = () => {
      const from = Math.max(0, Math.floor(box.scrollTop / 30) - 12);
      const to = Math.min(total, from + 43);
      const rows = Array.from({ length: to - from }, (_, i) => `<tr style="height:30px">${`<td>row ${from + i}</td>`.repeat(8)}</tr>`);
      body.innerHTML = `<tr style="height:${from * 30}px"></tr>${rows.join("")}<tr style="height:${(total - to) * 30}px"></tr>`;
    };
    box.addEventListener("scroll", () => requestAnimationFrame(show));
    show();
  },

  /** The frames while a box is scrolled from its beginning to its end. */
  scroll(where, steps) {
    return new Promise((done) => {
      const box = document.querySelector(where);
      let i = 0;
      this.count();
      const step = () => {
        i += 1;
        box.scrollTop = (box.scrollHeight * i) / steps;
        if (i < steps) requestAnimationFrame(step);
        else done(this.taken(true));
      };
      step();
    });
  },
};
window.bench.watch();
