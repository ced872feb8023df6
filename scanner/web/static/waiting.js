// A page that is being worked out asks whether it is there, and comes by itself.
"use strict";

setInterval(async () => {
  const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } }).catch(() => null);
  if (answer && answer.status !== 503) location.replace(location.pathname + location.search);
}, 2000);
