// What a camera's timeline does in the browser: shows what is dragged and pointed at without a round trip, and tells the server what was meant.
const minimalDrag = 4;
const near = 6;
const trackKeys = ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', '+', '-', '=', 'Enter', ' '];
const handleKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', '+', '-', '='];

export function watch(track, owner) {
  const cursor = track.querySelector('[data-cursor]');
  const drag = track.querySelector('[data-drag]');
  const tip = track.querySelector('[data-tip]');
  let held = null;

  const isCut = () => document.querySelector('#components-reconnect-modal')
    ?.matches('.components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected') === true;
  const tell = async (name, ...values) => {
    if (isCut()) {
      return;
    }

    try {
      await owner.invokeMethodAsync(name, ...values);
    } catch {
      // The circuit is gone, and says so itself; what fails on the server is shown by the page.
    }
  };

  const span = () => [Number(track.dataset.from), Number(track.dataset.to)];
  const share = (event) => {
    const box = track.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  const at = (part) => {
    const [from, to] = span();
    return from + part * (to - from);
  };
  const clock = (moment, zone) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(moment);
  const said = (moment) => clock(moment, track.dataset.zone) + (track.dataset.viewer ? `\n${clock(moment, track.dataset.viewer)} ${track.dataset.viewer}` : '');

  const look = (part, other) => {
    cursor.style.insetInlineStart = `${100 * part}%`;
    tip.textContent = other === undefined ? said(at(part)) : `${clock(at(Math.min(part, other)), track.dataset.zone)} – ${clock(at(Math.max(part, other)), track.dataset.zone)}`;
    track.classList.add('looking');
    const x = track.clientWidth * part;
    tip.style.left = `${x + 10 + tip.offsetWidth <= track.clientWidth ? x + 10 : Math.max(x - 10 - tip.offsetWidth, 0)}px`;
    track.classList.toggle('dragging', other !== undefined);
    if (other !== undefined) {
      drag.style.insetInlineStart = `${100 * Math.min(part, other)}%`;
      drag.style.inlineSize = `${100 * Math.abs(part - other)}%`;
    }
  };
  const lookAway = () => track.classList.remove('looking', 'dragging');

  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) {
      return;
    }

    const handle = event.target.closest('[data-handle]');
    held = { x: event.clientX, start: share(event), handle: handle?.dataset.handle, at: handle?.style.insetInlineStart, moved: false };
    track.setPointerCapture(event.pointerId);
    event.preventDefault();
    (handle ?? track).focus({ preventScroll: true });
  });
  track.addEventListener('pointermove', (event) => {
    const part = share(event);
    if (held && Math.abs(event.clientX - held.x) >= minimalDrag) {
      held.moved = true;
    }

    if (held?.handle) {
      look(part);
      track.querySelector(`[data-handle=${held.handle}]`)?.style.setProperty('inset-inline-start', `${100 * part}%`);
    } else {
      look(part, held?.moved ? held.start : undefined);
    }
  });
  track.addEventListener('pointerup', (event) => {
    const was = held;
    held = null;
    if (!was) {
      return;
    }

    const part = share(event);
    track.classList.remove('dragging');
    if (was.handle) {
      // Where it stands is the server's to say.
      track.querySelector(`[data-handle=${was.handle}]`)?.style.setProperty('inset-inline-start', was.at);
      if (was.moved) {
        tell('PulledAsync', was.handle === 'to', at(part));
      }
    } else if (was.moved) {
      tell('DraggedAsync', at(Math.min(part, was.start)), at(Math.max(part, was.start)));
    } else {
      const [from, to] = span();
      tell('ClickedAsync', at(part), near / track.clientWidth * (to - from));
    }
  });
  track.addEventListener('pointercancel', () => {
    held = null;
    lookAway();
  });
  track.addEventListener('pointerleave', () => {
    if (!held) {
      lookAway();
    }
  });

  track.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && held) {
      held = null;
      lookAway();
      return;
    }

    const handle = event.target.dataset.handle ?? '';
    const keys = handle ? handleKeys : trackKeys;
    if (keys.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const turns = event.shiftKey && event.key.startsWith('Arrow') ? 'Shift+' : '';
      tell('PressedAsync', handle, turns + event.key);
    }
  });

  // The page scrolls under the wheel as everywhere, unless the strip has the focus or the wheel is turned with Ctrl, which is how a pinch arrives.
  let turned = 0;
  let moved = 0;
  let asking = false;
  track.addEventListener('wheel', (event) => {
    const aside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !aside && !track.contains(document.activeElement)) {
      return;
    }

    event.preventDefault();
    const pixels = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
    if (aside && !event.ctrlKey) {
      moved += (event.deltaX || event.deltaY) * pixels;
    } else {
      turned -= event.deltaY * pixels * (event.ctrlKey && Math.abs(event.deltaY) < 20 ? 8 : 1);
    }

    const steps = Math.abs(turned) >= 80 ? Math.sign(turned) : 0;
    const pan = Math.abs(moved) >= 40 ? moved / track.clientWidth : 0;
    if (asking || (steps === 0 && pan === 0)) {
      return;
    }

    turned = 0;
    moved = 0;
    asking = true;
    tell('WheeledAsync', steps, pan, at(share(event))).finally(() => {
      asking = false;
    });
  }, { passive: false });

  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}
