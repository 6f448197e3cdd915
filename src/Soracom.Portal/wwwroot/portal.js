// What the browser does by itself, without a round trip: copying ids, folding menus and the navigation.
(() => {
  'use strict';

  document.addEventListener('click', (event) => {
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => {
        copy.classList.add('copied');
        setTimeout(() => copy.classList.remove('copied'), 1500);
      });
    }

    // A menu closes when something outside it is clicked, or one of its own choices.
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      const choice = menu.contains(event.target) && event.target.closest('[data-menu-choice]');
      if (choice || !menu.contains(event.target)) {
        // What a choice opens gives the focus back to where it came from, and the choice itself is folded away.
        if (choice && choice.matches('button')) {
          menu.querySelector('summary').focus({ preventScroll: true });
        }

        menu.open = false;
      }
    }
  });

  // A menu that would reach beyond the window's side opens towards the other one.
  document.addEventListener('toggle', (event) => {
    const panel = event.target.matches?.('details[data-menu][open]') && event.target.querySelector('[data-panel]');
    if (panel) {
      panel.removeAttribute('data-flip');
      panel.toggleAttribute('data-flip', panel.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
    }
  }, { capture: true });

  // The navigation of a narrow window.
  const nav = (open) => {
    document.documentElement.classList.toggle('nav-open', open);
    document.querySelector('[data-nav-toggle]')?.setAttribute('aria-expanded', String(open));
  };
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-nav-toggle]')) {
      nav(!document.documentElement.classList.contains('nav-open'));
    } else if (event.target.closest('#side a')) {
      nav(false);
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') {
      return;
    }

    nav(false);
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  // The palette: the server draws what is found, the keys move in it here.
  const palette = {
    wanted: false, // asked for before the page was live
    chosen: null, // the id of the entry that Enter opens
    entered: false, // Enter came before the entry

    dialog: () => document.querySelector('dialog[data-palette]'),

    open() {
      const dialog = palette.dialog();
      palette.wanted = !document.querySelector('[data-live]');
      if (palette.wanted || !dialog || dialog.open || document.querySelector('.rz-dialog')) {
        return;
      }

      nav(false);
      dialog.showModal();
      const box = dialog.querySelector('input');
      box.value = '';
      box.removeAttribute('aria-activedescendant');
      box.dispatchEvent(new Event('input', { bubbles: true }));
      box.focus();
      const drawn = new MutationObserver(() => palette.drawn());
      drawn.observe(dialog.querySelector('[role=listbox]'), { childList: true, subtree: true, attributes: true, attributeFilter: ['data-for', 'aria-busy'] });
      dialog.addEventListener('close', () => drawn.disconnect(), { once: true });
    },

    entries: () => [...palette.dialog().querySelectorAll('[role=option]')],

    mark() {
      const all = palette.entries();
      const at = all.find((entry) => entry.id === palette.chosen) ?? all[0];
      // What is marked stays so while more is found above it.
      palette.chosen = at?.id ?? null;
      for (const entry of all) {
        entry.setAttribute('aria-selected', String(entry === at));
      }

      palette.dialog().querySelector('input').setAttribute('aria-activedescendant', at?.id ?? '');
      at?.scrollIntoView({ block: 'nearest' });
      return at;
    },

    // Enter opens what was found for what is typed, and nothing that was found for less of it.
    drawn() {
      const dialog = palette.dialog();
      const entry = dialog && palette.mark();
      const list = dialog?.querySelector('[role=listbox]');
      palette.age();
      if (!palette.entered || list?.dataset.for !== dialog.querySelector('input').value.trim()) {
        return;
      }

      palette.entered = !entry && list.ariaBusy === 'true';
      entry?.click();
    },

    // What was found for another text is there until the server has answered, though not to be clicked.
    age() {
      const dialog = palette.dialog();
      dialog?.toggleAttribute('data-stale', dialog.querySelector('[role=listbox]').dataset.for !== dialog.querySelector('input').value.trim());
    },

    move(step) {
      const all = palette.entries();
      const at = all.findIndex((entry) => entry.ariaSelected === 'true');
      palette.chosen = all.at((at + step) % all.length)?.id;
      palette.mark();
    },
  };

  document.addEventListener('input', (event) => {
    if (event.target.matches('[data-palette] input')) {
      palette.chosen = null;
      palette.entered = false;
      palette.age();
    }
  });

  // The way back leads to another page, not to another page below the palette.
  window.addEventListener('popstate', () => palette.dialog()?.close());

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-palette-open]')) {
      palette.open();
    } else if (event.target.matches('dialog[data-palette]') || event.target.closest('[data-palette] [role=option]')) {
      palette.dialog().close();
    }
  });

  // A key that belongs to a conversion, such as the Enter that confirms one; 229 is what some browsers say once it has ended.
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !isComposing(event) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      palette.open();
    } else if (event.target.matches?.('[data-palette] input') && !isComposing(event) && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) {
      event.preventDefault();
      if (event.key === 'Enter') {
        palette.entered = true;
        palette.drawn();
      } else {
        palette.move(event.key === 'ArrowDown' ? 1 : -1);
      }
    }
  });

  // Signing out ends the session, which sends every open page of it to the sign-in page. The one that is on its way to
  // the page of those who have signed out lets go of the server before it is sent elsewhere.
  document.addEventListener('submit', (event) => {
    if (event.target.matches('form[data-leaves]')) {
      window.Blazor?.disconnect?.();
    }
  });

  window.portal = {
    // The heading of a page that was just opened. Gently: not when somebody has put the focus elsewhere already.
    focusHeading(gently) {
      if (!gently || document.activeElement === document.body || document.activeElement === null) {
        document.querySelector('h1')?.focus({ preventScroll: true });
      }
    },

    // Pictures whose bytes came by the circuit, as addresses that are good as long as the page is open.
    pictures: {
      async keep(stream) {
        return URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'image/jpeg' }));
      },

      drop(addresses) {
        addresses.forEach((address) => URL.revokeObjectURL(address));
      },
    },

    // A long list whose rows the server draws as they come into sight.
    rows: {
      watch(frame, owner) {
        const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'Enter', ' '];
        let queued = false;
        let asking = false;
        // Blazor takes no call while the connection is cut, and throws where nobody can catch it.
        const isCut = () => document.querySelector('#components-reconnect-modal')
          ?.matches('.components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected') === true;
        const ask = async (name, ...values) => {
          if (isCut()) {
            return;
          }

          try {
            await owner.invokeMethodAsync(name, ...values);
          } catch {
            // The circuit is gone, and says so itself; what fails on the server is shown by the page.
          }
        };

        // One report at a time, each of what is on the screen then.
        const report = async () => {
          queued = false;
          if (!frame.isConnected) {
            return;
          }

          if (isCut()) {
            setTimeout(queue, 1000);
            return;
          }

          asking = true;
          const head = frame.firstElementChild.offsetHeight;
          await ask('MovedAsync', frame.scrollTop, frame.clientHeight - head, frame.querySelector('[data-row]')?.getBoundingClientRect().height ?? 0);
          asking = false;
          if (queued) {
            requestAnimationFrame(report);
          }
        };
        const queue = () => {
          if (!queued) {
            queued = true;
            if (!asking) {
              requestAnimationFrame(report);
            }
          }
        };
        frame.addEventListener('scroll', queue, { passive: true });
        const size = new ResizeObserver(queue);
        size.observe(frame);
        // The first rows change what a row is high.
        size.observe(frame.querySelector('.drawn'));
        // A row that is picked by the mouse leaves the list the focus, and no text selected where Shift is held down.
        frame.addEventListener('mousedown', (event) => {
          if (event.target.closest('[data-pick]')) {
            event.preventDefault();
            frame.focus({ preventScroll: true });
          }
        });
        frame.addEventListener('keydown', (event) => {
          if (event.target === frame && keys.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            ask('PressedAsync', event.shiftKey ? `Shift+${event.key}` : event.key);
          }
        });
      },

      scroll(frame, top) {
        frame.scrollTop = top;
      },
    },
  };

  // What is typed before the circuit draws the page anew would be lost with the field that it was typed into.
  let early = null;
  const isLive = () => document.querySelector('[data-live]') !== null;
  document.addEventListener('focusin', (event) => {
    if (!isLive() && event.target.matches('.frame input[aria-label]')) {
      early = event.target;
    }
  });
  if (document.querySelector('.frame')) {
    new MutationObserver((_, observer) => {
      if (!isLive()) {
        return;
      }

      observer.disconnect();
      if (palette.wanted) {
        palette.open();
      }

      const twin = early && !early.isConnected && document.querySelector(`.frame input[aria-label="${CSS.escape(early.ariaLabel)}"]`);
      if (twin) {
        twin.focus();
        if (twin.value !== early.value) {
          twin.value = early.value;
          twin.dispatchEvent(new Event('input', { bubbles: true }));
        }
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-live'] });
  }

  // A chart tells the values of the column that the pointer is over, or that the keys have moved to.
  const look = (plot, index) => {
    const tips = JSON.parse(plot.dataset.chart);
    const at = Math.min(Math.max(index, 0), tips.length - 1);
    const cursor = plot.querySelector('[data-chart-cursor]');
    const tip = plot.querySelector('[data-chart-tip]');
    cursor.style.insetInlineStart = `${100 * at / tips.length}%`;
    cursor.style.inlineSize = `${100 / tips.length}%`;
    tip.textContent = tips[at];
    plot.classList.add('looking');
    const middle = plot.clientWidth * (at + 0.5) / tips.length;
    const right = middle + 12 + tip.offsetWidth;
    tip.style.left = `${right <= plot.clientWidth ? middle + 12 : Math.max(middle - 12 - tip.offsetWidth, 0)}px`;
    const slider = plot.querySelector('input');
    slider.value = at;
    slider.setAttribute('aria-valuetext', tips[at].replaceAll('\n', ', '));
  };
  const lookAway = (plot) => plot.classList.remove('looking');
  for (const kind of ['pointermove', 'pointerdown']) {
    document.addEventListener(kind, (event) => {
      const plot = event.target.closest?.('[data-chart]');
      if (plot) {
        const box = plot.getBoundingClientRect();
        look(plot, Math.floor((event.clientX - box.left) / box.width * JSON.parse(plot.dataset.chart).length));
      }

      for (const other of document.querySelectorAll('[data-chart].looking')) {
        if (other !== plot && !other.contains(document.activeElement)) {
          lookAway(other);
        }
      }
    });
  }
  for (const kind of ['input', 'focusin']) {
    document.addEventListener(kind, (event) => {
      const plot = event.target.closest?.('[data-chart]');
      if (plot) {
        look(plot, Number(event.target.value));
      }
    });
  }
  document.addEventListener('focusout', (event) => {
    const plot = event.target.closest?.('[data-chart]');
    if (plot) {
      lookAway(plot);
    }
  });

  // Blazor would scroll there but leave the focus behind; it listens too, so this has to come first.
  document.addEventListener('click', (event) => {
    const skip = event.target.closest('[data-skip-to]');
    if (skip) {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById(skip.dataset.skipTo).focus();
    }
  }, { capture: true });

  // A choice that is a form of its own.
  document.addEventListener('change', (event) => {
    if (event.target.matches('select[data-submit]')) {
      event.target.form.requestSubmit();
    }
  });
})();
