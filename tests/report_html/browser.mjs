// Opens every page of a folder in headless Chromium without a network, at the widths of a phone, a tablet and a desk, light and
// dark, and prints it: nothing is asked for, nothing is complained of, nothing is wider than its box.
// Arguments: the folder of pages, the folder that pictures and prints go to, and names of pages if not all.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const [pages, pictures] = process.argv.slice(2, 4).map((path) => resolve(path))
const only = process.argv.slice(4)
const widths = [375, 768, 1280]
// How many A4 pages each may take: as many as it has content for, not one more for every plot.
const printed = { empty: [1, 1], 'made-up': [3, 8], 'made-up-en': [3, 8], hostile: [3, 9], large: [3, 8], many: [60, 240], register: [3, 12] }

const faults = []
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})

/** What is wider than the window or than what it is in, what overlaps in a drawing, and colours that are too alike. */
function look() {
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth) found.push(`scrolls sideways: ${root.scrollWidth} of ${innerWidth}`)
  const shown = (element) => element.checkVisibility({ contentVisibilityAuto: true }) && !element.closest('.skip, .patterns')
  const name = (element) => `${element.tagName}.${element.getAttribute('class') ?? ''} «${element.textContent.trim().slice(0, 30)}»`
  for (const element of document.querySelectorAll('body *:not(svg *)')) {
    if (!shown(element) || element.matches('.wide thead, .wide thead *')) continue
    const box = element.getBoundingClientRect()
    if (box.right > innerWidth + 0.5 || box.left < -0.5) found.push(`outside the window: ${name(element)}`)
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
      found.push(`wider than its box: ${name(element)} ${element.scrollWidth} of ${element.clientWidth}`)
  }
  for (const svg of document.querySelectorAll('figure svg')) {
    if (!shown(svg)) continue
    const frame = svg.getBoundingClientRect()
    const texts = [...svg.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()])
    for (const [text, box] of texts) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.push(`outside its drawing: ${name(text)}`)
      const size = parseFloat(getComputedStyle(text).fontSize) * frame.width / svg.viewBox.baseVal.width
      if (size < 9.5) found.push(`too small to read: ${name(text)} ${size}`)
      // The height of a line is more than that of its letters.
      const over = (other) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 0.5 &&
        Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3.5
      for (const [other, otherBox] of texts) if (other !== text && over(otherBox)) found.push(`${name(text)} over ${name(other)}`)
    }
  }
  return [...new Set(found)].slice(0, 8)
}

/** Text whose colour is too like what it is on. */
function contrast() {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const light = (colour) => {
    const [red, green, blue] = channels(colour).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (channels(colour)[3] === 255) return colour
    }
    return 'white'
  }
  const poor = new Set()
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue
    if (element.matches('title, desc')) continue
    const style = getComputedStyle(element)
    const [one, other] = [light(element.closest('svg') ? style.fill : style.color), light(ground(element))].sort((a, b) => b - a)
    const ratio = (one + 0.05) / (other + 0.05)
    if (ratio < 4.5) poor.add(`contrast ${ratio.toFixed(2)}: ${element.tagName}.${element.getAttribute('class')}`)
  }
  return [...poor]
}

/** The number of pages of a PDF. */
const count = (pdf) => Math.max(...[...pdf.toString('latin1').matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count (\d+)|\/Count (\d+)[^>]*?\/Type\s*\/Pages\b/g)].map((found) => Number(found[1] ?? found[2])))

mkdirSync(pictures, { recursive: true })
const names = readdirSync(pages).filter((name) => name.endsWith('.html')).map((name) => name.slice(0, -5))
if (names.sort().join() !== Object.keys(printed).sort().join()) faults.push(`pages: ${names}`)
for (const name of names.filter((name) => !only.length || only.includes(name))) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, offline: true, locale: 'nb-NO' })
    const page = await context.newPage()
    const fault = (text) => faults.push(`${name} ${colorScheme}: ${text}`)
    const address = pathToFileURL(`${pages}/${name}.html`).href
    page.on('console', (message) => fault(`console: ${message.text()}`))
    page.on('pageerror', (error) => fault(`error: ${error.message}`))
    page.on('request', (request) => request.url() === address || fault(`asks for ${request.url()}`))
    page.on('dialog', (dialog) => { fault(`dialog: ${dialog.message()}`); dialog.dismiss() })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(address)
      for (const found of await page.evaluate(look)) fault(`${width}: ${found}`)
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: name !== 'many' })
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true }))
      for (const found of await page.evaluate(look)) fault(`${width}, all open: ${found}`)
    }
    for (const found of await page.evaluate(contrast)) fault(found)
    if (colorScheme === 'light') {
      await page.goto(address)
      const pdf = await page.pdf({ path: `${pictures}/${name}.pdf`, preferCSSPageSize: true })
      const [least, most] = printed[name] ?? [1, 0]
      const sheets = count(pdf)
      console.log(`${name}: ${sheets} printed pages, ${Math.round(readFileSync(`${pages}/${name}.html`).length / 1024)} KB`)
      if (sheets < least || sheets > most) fault(`${sheets} printed pages, not ${least} to ${most}`)
    }
    await context.close()
  }
}
await browser.close()
if (faults.length) {
  console.error(faults.join('\n'))
  process.exit(1)
}
console.log(`${names.length} pages hold`)
