import { useEffect, useState } from "preact/hooks";
import { get, post } from "../live/requests";
import { Card, Page, Problem, Waiting } from "../parts/basics";
import { navigate } from "../parts/router";
import { paths } from "./start/fields";
import { SettingFields, type Setting, type SettingProblem } from "./start/settings";

interface Profile { name: string; text: string }
interface Offer { settings: Setting[]; arms: { name: string; description: string }[] }
interface Checked { text: string; problems: SettingProblem[]; values: Record<string, string> }

const wholeArm = "loop";
const largestSeed = 2n ** 64n - 1n;

export function StartPage() {
  const [profiles, setProfiles] = useState<Profile[]>([]);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [chosen, setChosen] = useState("");
  // What the form changes of the text; the text itself is the profile's or what was typed.
  const [text, setText] = useState("");
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [arm, setArm] = useState(wholeArm);
  const [name, setName] = useState("");
  const [seed, setSeed] = useState("");
  const [checked, setChecked] = useState<Checked | null>(null);
  const [current, setCurrent] = useState(false);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const use = (profile: string) => {
    setText(profile);
    setChanges({});
    setArm(wholeArm);
  };
  const pick = (profile: Profile | undefined) => {
    setChosen(profile?.name ?? "");
    use(profile?.text ?? "");
  };
  useEffect(() => {
    const failed = (problem: Error) => setError(problem.message);
    get<Offer>("/api/profiles/form").then(setOffer, failed);
    get<Profile[]>("/api/profiles").then((found) => {
      setProfiles(found);
      pick(found.find((profile) => profile.name === "quickstart") ?? found[0]);
    }, failed);
  }, []);
  const form = { profile: text, settings: changes, ...(arm === wholeArm ? {} : { arm }) };
  // Checked by the code that starts it, a moment after the last key; an answer to an earlier question is no answer.
  useEffect(() => {
    setCurrent(false);
    if (!text) return setChecked(null);
    let gone = false;
    const timer = setTimeout(() => {
      post<Checked>("/api/profiles/check", form).then(
        (answer) => !gone && (setChecked(answer), setCurrent(true)),
        (problem: Error) => !gone && setError(problem.message),
      );
    }, checked ? 300 : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text, changes, arm]);
  const problems = text ? (checked?.problems ?? []) : [];
  const elsewhere = problems.filter((problem) => !paths.has(problem.path));
  const nameProblem = name !== "" && !/^[A-Za-z0-9_-]{1,40}$/.test(name) ? "1 to 40 letters, digits, '-' or '_'" : "";
  const seedProblem = seed !== "" && !(/^\d{1,20}$/.test(seed) && BigInt(seed) <= largestSeed) ? `a whole number up to ${largestSeed}` : "";
  const ready = text !== "" && current && problems.length === 0 && !nameProblem && !seedProblem && !busy;
  const changed = Object.keys(changes).length > 0 || arm !== wholeArm;
  return (
    <Page title="Start an experiment" lead="From a profile, as it is or with other values.">
      {error && <Problem>{error}</Problem>}
      <Card label="Start an experiment">
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!ready) return;
            setBusy(true);
            setError("");
            post<{ id: string }>("/api/experiments", { ...form, ...(name ? { name } : {}), ...(seed ? { seed } : {}) }).then(
              (experiment) => navigate(`/experiments/${encodeURIComponent(experiment.id)}`),
              (problem: Error) => {
                setBusy(false);
                setError(problem.message);
              },
            );
          }}
        >
          <div class="form-row">
            <div class="field">
              <label for="start-profile">Profile</label>
              <select id="start-profile" value={chosen} onChange={(event) => pick(profiles.find((profile) => profile.name === event.currentTarget.value))}>
                {profiles.map((profile) => <option key={profile.name}>{profile.name}</option>)}
              </select>
              <span class="field-note">where the values below come from</span>
            </div>
            <div class="field">
              <label for="start-name">Name</label>
              <input id="start-name" value={name} placeholder="made from the profile" aria-invalid={nameProblem !== ""} aria-describedby="name-problem" onInput={(event) => setName(event.currentTarget.value)} />
              <span id="name-problem" class="field-problem">{nameProblem}</span>
            </div>
            <div class="field">
              <label for="start-seed">Seed</label>
              <input id="start-seed" value={seed} inputMode="numeric" placeholder={checked?.values["seed"] ?? "1"} aria-invalid={seedProblem !== ""} aria-describedby="seed-problem" onInput={(event) => setSeed(event.currentTarget.value)} />
              <span id="seed-problem" class="field-problem">{seedProblem}</span>
            </div>
            <div class="field">
              <label for="start-arm">Ablation arm</label>
              <select id="start-arm" value={arm} onChange={(event) => setArm(event.currentTarget.value)}>
                {(offer?.arms ?? []).map((one) => <option key={one.name}>{one.name}</option>)}
              </select>
              <span class="field-note">{offer?.arms.find((one) => one.name === arm)?.description}</span>
            </div>
          </div>
          {offer && checked ? (
            <SettingFields
              settings={new Map(offer.settings.map((setting) => [setting.path, setting]))}
              values={checked.values}
              changes={changes}
              problems={problems}
              change={(path, value) => {
                const { [path]: _, ...others } = changes;
                setChanges(value === null ? others : { ...others, [path]: value });
              }}
            />
          ) : (
            !error && <Waiting height={560} />
          )}
          <details class="advanced">
            <summary>All settings as YAML</summary>
            <p class="note">With the values from above. What is typed here becomes the text that the fields start from.</p>
            <textarea aria-label="Settings (YAML)" spellcheck={false} value={changed && checked ? checked.text : text} aria-invalid={elsewhere.length > 0} aria-describedby="profile-problems" onInput={(event) => use(event.currentTarget.value)} />
          </details>
          <div id="profile-problems" role="status">
            {elsewhere.length > 0 ? (
              <Problem>{elsewhere.map((problem) => (problem.line > 0 ? `YAML, line ${problem.line}: ${problem.message}` : problem.message)).join("\n")}</Problem>
            ) : problems.length > 0 ? (
              <p class="state bad">✕ {problems.length === 1 ? "One value" : `${problems.length} values`} above cannot be used</p>
            ) : (
              checked && <p class="state good">✓ every setting is known and in its range{changed ? `; ${Object.keys(changes).length + (arm === wholeArm ? 0 : 1)} changed` : ""}</p>
            )}
          </div>
          <div class="form-row">
            <button class="primary" type="submit" disabled={!ready}>{busy ? "Starting…" : "Start"}</button>
            {changed && <button type="button" onClick={() => use(text)}>Back to the profile's values</button>}
          </div>
        </form>
      </Card>
    </Page>
  );
}
