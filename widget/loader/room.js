// How much room a phone has left. With its keyboard up, only the visual viewport knows.

/** Keeps `--height` and `--top` of the room in a style, for as long as the signal is not aborted. */
export const watchRoom = (signal, style) => {
  const measure = () => {
    const { height, offsetTop, scale } = visualViewport;
    // Zooming in makes the viewport smaller too, and is no keyboard.
    if (scale > 1.01) return;
    style.setProperty("--height", height + "px");
    style.setProperty("--top", offsetTop + "px");
  };
  for (const name of ["resize", "scroll"]) visualViewport.addEventListener(name, measure, { __proto__: null, signal });
};
