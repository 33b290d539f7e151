/**
 * Where a code is typed, and what became of it.
 *
 * @typedef {object} Elements
 * @property {HTMLFormElement} form
 * @property {HTMLInputElement} code
 * @property {HTMLInputElement} name
 * @property {HTMLElement} says
 * @property {HTMLButtonElement} submit
 * @property {HTMLButtonElement} cancel
 */

export class Door {
  /**
   * @param {Elements} elements
   * @param {{ join: (typed: string) => void, cancel: () => void }} agent what the agent may do here
   */
  constructor(elements, agent) {
    this.elements = elements;
    const { form, code, cancel } = elements;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      agent.join(code.value);
    });
    cancel.addEventListener('click', agent.cancel);
  }

  /** How the agent calls themself. */
  get name() {
    return this.elements.name.value;
  }

  /** @param {string} code */
  fill(code) {
    this.elements.code.value = code;
  }

  /**
   * @param {string} view
   * @param {string} text that says where things stand
   * @param {boolean} open
   */
  show(view, text, open) {
    const { form, code, name, says, submit, cancel } = this.elements;
    const connecting = view === 'connecting';
    form.hidden = !open;
    says.textContent = text;
    says.classList.toggle('bad', view === 'failed');
    code.disabled = name.disabled = submit.disabled = connecting;
    cancel.hidden = !connecting;
  }

  /**
   * Puts the keyboard where the next step is.
   * @param {string} view
   */
  focus(view) {
    if (view === 'connecting') this.elements.cancel.focus();
    else this.elements.code.select();
  }
}
