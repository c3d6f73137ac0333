// What an OpenAI client sees of a Generator: node check.mjs BASE_URL MODEL. Ends with 1 and the difference when something is wrong.
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const [baseURL, model] = process.argv.slice(2)
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 })
const messages = [{ role: 'user', content: 'Design a network.' }]
const settings = { model, messages, seed: 7, temperature: 0.8, max_tokens: 40 }

const names = []
for await (const item of client.models.list()) names.push(item.id)
assert.ok(names.includes(model))
assert.equal((await client.models.retrieve(model)).object, 'model')

const chat = await client.chat.completions.create({ ...settings, n: 2 })
assert.equal(chat.object, 'chat.completion')
assert.ok(chat.id.startsWith('chatcmpl-'))
assert.equal(chat.model, model)
assert.deepEqual(chat.choices.map(choice => choice.index), [0, 1])
assert.deepEqual(chat.choices.map(choice => choice.finish_reason), ['length', 'length'])
assert.equal(chat.choices[0].message.role, 'assistant')
assert.equal(chat.usage.completion_tokens, 80)
assert.equal(chat.usage.total_tokens, chat.usage.prompt_tokens + 80)

const again = await client.chat.completions.create(settings)
assert.equal(again.choices[0].message.content, chat.choices[0].message.content)

const stream = await client.chat.completions.create({ ...settings, n: 2, stream: true, stream_options: { include_usage: true } })
const texts = ['', '']
const ends = []
let usage = null
for await (const chunk of stream) {
  assert.equal(chunk.object, 'chat.completion.chunk')
  for (const choice of chunk.choices) {
    texts[choice.index] += choice.delta.content ?? ''
    if (choice.finish_reason) ends[choice.index] = choice.finish_reason
  }
  usage = chunk.usage ?? usage
}
assert.deepEqual(texts, chat.choices.map(choice => choice.message.content))
assert.deepEqual(ends, ['length', 'length'])
assert.deepEqual(usage, chat.usage)

const helper = client.chat.completions.stream(settings)
assert.equal(await helper.finalContent(), chat.choices[0].message.content)

const whole = await client.completions.create({ model, prompt: ['import torch', 'class Net'], seed: 3, max_tokens: 24 })
assert.equal(whole.object, 'text_completion')
assert.equal(whole.choices.length, 2)
assert.equal(whole.usage.completion_tokens, 48)
let text = ''
for await (const chunk of await client.completions.create({ model, prompt: 'import torch', seed: 3, max_tokens: 24, stream: true })) text += chunk.choices[0].text
assert.equal(text, whole.choices[0].text)

const full = chat.choices[0].message.content
const stop = full.slice(10, 14)
const stopped = await client.chat.completions.create({ ...settings, stop })
assert.equal(stopped.choices[0].message.content, full.slice(0, full.indexOf(stop)))
assert.equal(stopped.choices[0].finish_reason, 'stop')

await assert.rejects(client.chat.completions.create({ ...settings, model: 'no-such-model' }), error =>
  error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model')
await assert.rejects(client.chat.completions.create({ ...settings, temperature: 9 }), error =>
  error instanceof OpenAI.BadRequestError && error.type === 'invalid_request_error' && error.param === 'temperature')
await assert.rejects(client.chat.completions.create({ ...settings, logprobs: true }), error => error.code === 'unsupported_parameter')
await assert.rejects(client.chat.completions.create({ ...settings, messages: [{ role: 'user', content: 'word '.repeat(3000) }] }), error =>
  error.status === 400 && error.code === 'context_length_exceeded')

const abort = new AbortController()
const cut = await client.chat.completions.create({ ...settings, max_tokens: 500, stream: true }, { signal: abort.signal })
let pieces = 0
try {
  for await (const chunk of cut) if (++pieces === 3) abort.abort()
} catch (error) {
  assert.ok(error instanceof OpenAI.APIUserAbortError)
}
console.log('ok')
