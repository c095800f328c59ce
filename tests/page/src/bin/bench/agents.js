// A naive simulator as a baseline: a loop over all agents in every second. The same kind of run, but not the same bits:
// limits, delays, impact and buyers, without optimisation.

function agents(count) {
  const random = (
    (state) => () =>
      ((state = (state * 1664525 + 1013904223) >>> 0) + 0.5) / 2 ** 32
  )(1);
  return Array.from({ length: count }, () => ({
    limit: -0.02 - 0.3 * random(),
    bot: random() < 0.35,
    delay: -Math.log(random()),
    due: Infinity,
    sold: false,
  }));
}

function agentLoop(all) {
  const lot = 40 / all.length; // billion dollars
  for (const agent of all) [agent.due, agent.sold] = [Infinity, false];
  let price = 0;
  let depth = 1;
  for (let second = 1; second <= 7200; second++) {
    let sold = second > 300 && second <= 310 ? 0.2 : 0;
    for (const agent of all) {
      if (agent.sold) continue;
      if (agent.due === Infinity && price <= agent.limit) {
        agent.due = second + Math.ceil(agent.delay * (agent.bot ? 2 : 1800));
      } else if (second >= agent.due) {
        if (agent.bot || price <= agent.limit) {
          agent.sold = true;
          sold += lot;
        } else agent.due = Infinity;
      }
    }
    depth += (1 - depth) / 300 - (0.05 * sold) / 2;
    price -= sold / (50 * Math.max(depth, 0.05)) + 0.0005 * price;
  }
  return price;
}
