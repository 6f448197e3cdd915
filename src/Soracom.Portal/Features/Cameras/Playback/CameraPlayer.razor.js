// Plays footage by the player that the build brought in. This file is loaded when playback starts, and the player with it.

const Silence = 30_000;
const retryParameters = { maxAttempts: 2, baseDelay: 500, timeout: 60_000, stallTimeout: 20_000, connectionTimeout: 20_000 };
let loading;

const loaded = (address) => loading ??= new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.src = address;
  script.onload = () => resolve(window.shaka);
  script.onerror = () => {
    loading = undefined;
    script.remove();
    reject(new Error('The player could not be loaded.'));
  };
  document.head.append(script);
});

// What the portal says of it, by the player's error.
const reasonOf = (shaka, error) => {
  const { Category, Code } = shaka.util.Error;
  if (error?.category !== Category.NETWORK) {
    return 'broken';
  }

  const status = error.code === Code.BAD_HTTP_STATUS ? error.data[1] : 0;
  return status === 410 ? 'expired' : status === 502 ? 'vendor' : status === 422 ? 'broken' : 'cut';
};

export function play(video, clock, owner, script, parts, zone) {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const leaving = new AbortController();
  let player;
  let part = 0;
  let over = false;
  let seen = [0, performance.now()];
  let came = false;
  const start = () => player?.seekRange().start ?? 0;
  const reached = () => Math.max(0, video.currentTime - start());

  const tell = (what) => owner.invokeMethodAsync('Told', what, part, reached()).catch(() => {
    // The circuit is gone, and says so itself.
  });

  const stop = async () => {
    over = true;
    leaving.abort();
    clearInterval(watch);
    video.pause();
    await player?.destroy();
  };

  const fail = (what) => {
    if (!over) {
      tell(what);
      stop();
    }
  };

  const open = async (shaka) => {
    try {
      seen = [0, performance.now()];
      await player.load(parts[part].manifest);
      // A browser that wants to be asked again shows its own button.
      await video.play().catch(() => {});
    } catch (error) {
      if (error?.code !== shaka.util.Error.Code.LOAD_INTERRUPTED) {
        fail(reasonOf(shaka, error));
      }
    }
  };

  // That nothing comes any more is told by nobody.
  const watch = setInterval(() => {
    if (!video.isConnected) {
      stop();
    } else if (player && (video.paused && video.readyState > 2 || video.currentTime !== seen[0])) {
      seen = [video.currentTime, performance.now()];
      came = false;
    } else if (performance.now() - seen[1] > Silence) {
      // What comes and never shows is no video, though nothing in the browser says so: it waits for the rest.
      fail(came ? 'broken' : 'cut');
    }
  }, 1000);

  const on = (name, act) => video.addEventListener(name, act, { signal: leaving.signal });
  on('playing', () => tell('playing'));
  on('timeupdate', () => {
    const from = parts[part].from;
    clock.textContent = from === null ? '' : time.format(new Date(from + reached() * 1000));
  });

  (async () => {
    let shaka;
    try {
      shaka = await loaded(script);
      shaka.polyfill.installAll();
      if (!shaka.Player.isBrowserSupported()) {
        throw new Error('The browser can not play MPEG-DASH.');
      }
    } catch {
      fail('player');
      return;
    }

    if (over) {
      return;
    }

    player = new shaka.Player();
    player.configure({
      manifest: { retryParameters },
      streaming: { retryParameters, bufferingGoal: 60, failureCallback: () => {} },
    });
    player.getNetworkingEngine().registerResponseFilter((type) => {
      came ||= type === shaka.net.NetworkingEngine.RequestType.SEGMENT;
    });
    player.addEventListener('error', (event) => fail(reasonOf(shaka, event.detail)));
    on('ended', async () => {
      if (part + 1 < parts.length) {
        part++;
        await open(shaka);
      } else {
        fail('ended');
      }
    });
    await player.attach(video);
    video.focus({ preventScroll: true });
    video.scrollIntoView({ block: 'nearest' });
    await open(shaka);
  })();

  return { stop };
}
