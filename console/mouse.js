/**
 * Mouse, pen or finger over the picture: draws or points, whichever the agent
 * chose. It has the elements that it is handed, and touches nothing else.
 *
 * @typedef {object} Over
 * @property {() => import('./tools.js').Tools | null} tools of the call that is shown
 * @property {(x: number, y: number) => [x: number, y: number]} place the device's pixel under a point of the page
 * @property {(x: number, y: number) => void} pressed in control, at this point of the page
 */

export class Mouse {
  /**
   * @param {HTMLElement} sheet as large as the picture appears
   * @param {Over} over
   */
  constructor(sheet, over) {
    this.sheet = sheet;
    this.over = over;
    this.last = { x: 0, y: 0 }; // where the pointer was last, CSS pixels
    sheet.addEventListener('pointerdown', (event) => this.press(event));
    for (const type of /** @type {const} */ (['pointermove', 'pointerup', 'pointercancel'])) {
      sheet.addEventListener(type, (event) => this.follow(event));
    }
    sheet.addEventListener('wheel', (event) => this.turn(event), { passive: false });
    // The page's own ideas: menus, focus, dragging the picture, going back in history.
    for (const type of ['contextmenu', 'mousedown', 'mouseup', 'auxclick', 'dragstart']) {
      sheet.addEventListener(type, (event) => { if (this.mode !== 'look') event.preventDefault(); });
    }
  }

  get mode() {
    return this.over.tools()?.mode ?? 'look';
  }

  /** @param {PointerEvent} event */
  press(event) {
    const tools = this.over.tools();
    if (!tools || tools.mode === 'look' || !event.isPrimary) return;
    this.sheet.setPointerCapture(event.pointerId);
    if (tools.mode === 'control') {
      if (event.pointerType !== 'touch') this.over.pressed(event.clientX, event.clientY); // no keyboard comes up on glass
      this.point(tools, event);
    } else if (event.button === 0) {
      tools.pen.down(...this.over.place(event.clientX, event.clientY));
      tools.drawn();
    }
  }

  /** @param {PointerEvent} event */
  follow(event) {
    const tools = this.over.tools();
    if (!tools || tools.mode === 'look' || !event.isPrimary) return;
    if (tools.mode === 'control') this.point(tools, event);
    else this.draw(tools, event);
  }

  /**
   * @param {import('./tools.js').Tools} tools
   * @param {PointerEvent} event
   */
  point(tools, event) {
    this.last = { x: event.clientX, y: event.clientY };
    const pressed = event.type === 'pointercancel' ? 0 : event.buttons;
    tools.point(...this.over.place(event.clientX, event.clientY), pressed, modifiedBy(event));
  }

  /**
   * @param {import('./tools.js').Tools} tools
   * @param {PointerEvent} event
   */
  draw({ pen, drawn }, event) {
    if (!pen.drawing) return;
    const came = event.getCoalescedEvents?.() ?? [];
    pen.move((came.length > 0 ? came : [event]).map(({ clientX, clientY }) => this.over.place(clientX, clientY)));
    if (event.type !== 'pointermove' || (event.buttons & 1) === 0) pen.up();
    drawn();
  }

  /** @param {WheelEvent} event */
  turn(event) {
    const tools = this.over.tools();
    if (tools?.mode !== 'control') return;
    event.preventDefault();
    if (tools.points) tools.pointer.turn(...this.over.place(...this.exactly(event)), event);
  }

  /**
   * Where a wheel turns. Its events tell whole pixels where the pointer's tell
   * parts of them.
   * @param {WheelEvent} event
   * @returns {[x: number, y: number]}
   */
  exactly({ clientX, clientY }) {
    const { x, y } = this.last;
    return Math.floor(x) === clientX && Math.floor(y) === clientY ? [x, y] : [clientX, clientY];
  }
}

/**
 * @param {PointerEvent} event
 * @returns {import('./input/keys.js').Modified}
 */
function modifiedBy(event) {
  const { ctrlKey, altKey, shiftKey, metaKey } = event;
  return { code: '', key: '', ctrlKey, altKey, shiftKey, metaKey, getModifierState: (name) => event.getModifierState(name) };
}
