import { useEffect, useState } from "preact/hooks";
import { get, post } from "../live/requests";
import { Card, Page, Problem } from "../parts/basics";
import { navigate } from "../parts/router";

interface Profile { name: string; text: string }

export function StartPage() {
  const [profiles, setProfiles] = useState<Profile[]>([]);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const [name, setName] = useState("");
  const [seed, setSeed] = useState("");
  const [problems, setProblems] = useState<string[]>([]);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const pick = (profile: Profile | undefined) => {
    setChosen(profile?.name ?? "");
    setText(profile?.text ?? "");
  };
  useEffect(() => {
    get<Profile[]>("/api/profiles").then((found) => {
      setProfiles(found);
      pick(found.find((profile) => profile.name === "quickstart") ?? found[0]);
    }, (problem: Error) => setError(problem.message));
  }, []);
  // Checked by the same code that starts it, a moment after the last key.
  useEffect(() => {
    if (!text) return setProblems([]);
    const timer = setTimeout(() => void post<string[]>("/api/profiles/check", { profile: text }).then(setProblems, () => undefined), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const nameProblem = name !== "" && !/^[A-Za-z0-9_-]{1,40}$/.test(name) ? "1 to 40 letters, digits, '-' or '_'" : "";
  const seedProblem = seed !== "" && !/^\d{1,19}$/.test(seed) ? "a whole number" : "";
  const ready = text !== "" && problems.length === 0 && !nameProblem && !seedProblem && !busy;
  return (
    <Page title="Start an experiment" lead="From a profile, as it is or changed.">
      {error && <Problem>{error}</Problem>}
      <Card label="Start an experiment">
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!ready) return;
            setBusy(true);
            setError("");
            post<{ id: string }>("/api/experiments", { profile: text, ...(name ? { name } : {}), ...(seed ? { seed: Number(seed) } : {}) }).then(
              (experiment) => navigate(`/experiments/${encodeURIComponent(experiment.id)}`),
              (problem: Error) => {
                setBusy(false);
                setError(problem.message);
              },
            );
          }}
        >
          <div class="form-row">
            <label class="field">
              <span>Profile</span>
              <select value={chosen} onChange={(event) => pick(profiles.find((profile) => profile.name === event.currentTarget.value))}>
                {profiles.map((profile) => <option key={profile.name}>{profile.name}</option>)}
              </select>
            </label>
            <label class="field">
              <span>Name</span>
              <input value={name} placeholder="from the profile" aria-invalid={nameProblem !== ""} aria-describedby="name-problem" onInput={(event) => setName(event.currentTarget.value)} />
              <span id="name-problem" class="state bad">{nameProblem}</span>
            </label>
            <label class="field">
              <span>Seed</span>
              <input value={seed} inputMode="numeric" placeholder="the profile's" aria-invalid={seedProblem !== ""} aria-describedby="seed-problem" onInput={(event) => setSeed(event.currentTarget.value)} />
              <span id="seed-problem" class="state bad">{seedProblem}</span>
            </label>
          </div>
          <label class="field">
            <span>Settings (YAML)</span>
            <textarea spellcheck={false} value={text} aria-invalid={problems.length > 0} aria-describedby="profile-problems" onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <div id="profile-problems" role="status">
            {problems.length > 0 ? <Problem>{problems.join("\n")}</Problem> : text && <p class="state good">✓ every setting is known and in its range</p>}
          </div>
          <div>
            <button class="primary" type="submit" disabled={!ready}>{busy ? "Starting…" : "Start"}</button>
          </div>
        </form>
      </Card>
    </Page>
  );
}
