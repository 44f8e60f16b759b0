// Hand in: a workbook, a packed folder, CSV files one by one, or a register as it is. By dropping or by choosing.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { Failure, address, ask, download, upload } from "../../api/client";
import { change, link } from "../../frame/address";
import { Shown } from "../../parts/states";
import { pick, t } from "../../texts";

const LARGEST = 64 * 2 ** 20; // bytes of a file, as the service says
const KINDS = ["delivery", "register", "appointments", "answers"] as const;
type Kind = (typeof KINDS)[number];
type Item = Shapes["HandedInShape"];

export function HandIn(): JSX.Element {
  const words = t().intake;
  const kind = useSignal<Kind>("delivery");
  const over = useSignal(false);
  const sending = useSignal("");
  const gone = useSignal<[number, number]>([0, 0]); // bytes sent, and to be sent
  const trouble = useSignal("");
  const take = async (files: File[]): Promise<void> => {
    trouble.value = "";
    if (!files.length || sending.value) return;
    try {
      const id = await handIn(kind.value, files, (name, part, whole) => {
        sending.value = name;
        gone.value = [part, whole];
      });
      change({ delivery: id });
    } catch (error) {
      const problem = error instanceof Failure ? error.problem : null;
      if (problem?.code === "no_answer") trouble.value = words.interrupted(sending.value);
      else trouble.value = problem ? pick(problem.detail_zh, problem.detail_en) : String((error as Error).message);
    } finally {
      sending.value = "";
    }
  };
  return (
    <>
      <div class="hand-in">
        <fieldset>
          <legend>{words.what}</legend>
          {KINDS.map((one) => (
            <label key={one} class="kind">
              <input type="radio" name="kind" checked={kind.value === one} onChange={() => (kind.value = one)} />
              <span>
                <b>{words.kinds[one]}</b>
                <span class="soft">{words.kindsAbout[one]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div
          class={`drop${over.value ? " over" : ""}`}
          onDragOver={(e) => {
            e.preventDefault();
            over.value = true;
          }}
          onDragLeave={() => (over.value = false)}
          onDrop={(e) => {
            e.preventDefault();
            over.value = false;
            void dropped(e.dataTransfer!).then(take);
          }}
        >
          {sending.value ? (
            <>
              <p role="status">
                <span class="spinner" aria-hidden="true" /> {words.sending(sending.value)}
              </p>
              <progress max={gone.value[1]} value={gone.value[0]} aria-label={words.sending(sending.value)} />
              <p class="soft">{words.sent(size(gone.value[0]), size(gone.value[1]))}</p>
            </>
          ) : (
            <>
              <p>{words.drop}</p>
              <p class="choose">
                <label class="file">
                  {words.chooseFile}
                  <input
                    type="file"
                    accept={kind.value === "delivery" ? ".xlsx,.zip" : ".xlsx,.xls,.ods,.csv,.txt,.tsv"}
                    onChange={(e) => void take([...(e.currentTarget.files ?? [])])}
                  />
                </label>
                {kind.value === "delivery" && (
                  <label class="file">
                    {words.chooseFolder}
                    <input
                      type="file"
                      multiple
                      ref={(element) => element?.setAttribute("webkitdirectory", "")}
                      onChange={(e) => void take([...(e.currentTarget.files ?? [])])}
                    />
                  </label>
                )}
              </p>
              <p class="soft">{words.bounds}</p>
            </>
          )}
        </div>
        {trouble.value && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        {kind.value === "delivery" && (
          <p>
            <button type="button" class="plain" onClick={() => void download("/api/v1/template").catch(() => undefined)}>
              {words.template}
            </button>
          </p>
        )}
      </div>
      <Mine />
    </>
  );
}

/** What one handed in and did not finish. */
function Mine(): JSX.Element | null {
  const asked = useAnswer("/api/v1/deliveries");
  const words = t().intake;
  if (asked.answer && !asked.answer.data.length) return null;
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{words.mine}</h2>
      <Shown asked={asked}>
        {({ data }) => (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.file}</th>
                <th scope="col">{words.state}</th>
                <th scope="col">{words.handedIn}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((item: Item) => (
                <tr key={item.id}>
                  <td>
                    <a data-here href={link("/import", { delivery: item.id })}>
                      {item.name}
                    </a>
                  </td>
                  <td>{words.states[item.state]}</td>
                  <td>{new Date(item.handed_in_at).toLocaleString("sv-SE")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </section>
  );
}

/** Upload; the id of the delivery. Of a folder its tables, each under its name there. */
async function handIn(kind: Kind, files: File[], say: (name: string, part: number, whole: number) => void): Promise<string> {
  const large = files.find((file) => file.size > LARGEST);
  if (large) throw new Error(t().intake.tooLarge(large.name));
  const empty = files.find((file) => file.size === 0);
  if (empty) throw new Error(t().intake.empty(empty.name));
  const idOf = async (response: Response): Promise<string> => ((await response.json()) as { data: Item }).data.id;
  const [only] = files;
  if (files.length === 1 && only && !/^(manifest\.toml|(nodes|edges)\/.*)$/.test(tableName(only))) {
    say(only.name, 0, only.size);
    return idOf(await upload("POST", address("/api/v1/deliveries", { name: only.name, kind }), only, (part) => say(only.name, part, only.size)));
  }
  const tables = files.filter((file) => /^(manifest\.toml|(nodes|edges)\/\w+\.csv)$/.test(tableName(file)));
  if (kind !== "delivery" || !tables.length) throw new Error(t().intake.noTables);
  const id = await idOf(await ask(address("/api/v1/deliveries", { kind }), { method: "POST" }));
  const whole = tables.reduce((sum, file) => sum + file.size, 0);
  let before = 0;
  for (const file of tables) {
    const name = tableName(file);
    say(name, before, whole);
    const where = address("/api/v1/deliveries/{id}/files", { $id: id, name });
    await upload("PUT", where, file, (part) => say(name, before + part, whole));
    before += file.size;
  }
  return id;
}

const size = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const paths = new WeakMap<File, string>();
/** Name of a table within its folder: `nodes/Quarter.csv`. */
function tableName(file: File): string {
  const path = paths.get(file) ?? (file.webkitRelativePath || file.name);
  return /(?:^|\/)((?:nodes|edges)\/[^/]+)$/.exec(path)?.[1] ?? path.split("/").at(-1)!;
}

/** Files that were dropped, of a folder all in it. */
async function dropped(given: DataTransfer): Promise<File[]> {
  const entries = [...given.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some((entry) => entry.isDirectory)) return [...given.files];
  const found: File[] = [];
  const walk = async (entry: FileSystemEntry): Promise<void> => {
    if (entry.isFile) {
      const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
      paths.set(file, entry.fullPath);
      found.push(file);
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return;
      for (const one of some) await walk(one);
    }
  };
  for (const entry of entries) await walk(entry);
  return found;
}
