// Outlines of regions and départements, overseas territories moved into insets. Sources, both npm packages:
//  - @superset-ui/legacy-plugin-chart-country-map 0.20.3 (Apache-2.0): esm/countries/france.geojson,
//    101 départements, outlines Natural Earth 1:10m (public domain), overseas already moved near.
//  - @etalab/decoupage-administratif 6.0.0: codes and names, COG INSEE 2026 (Licence Ouverte).
import fs from 'node:fs'
import { createRequire } from 'node:module'
import crypto from 'node:crypto'
import mapshaper from 'mapshaper'
const require = createRequire(import.meta.url)
const read = p => fs.readFileSync(p)
const SRC = 'node_modules/@superset-ui/legacy-plugin-chart-country-map/esm/countries/france.geojson'
const SRC_SHA256 = '0900f1507a2e9d1a3fb5e41d19a5dda0726e9d0c82a2992194250d6239ddb207'
const sha = crypto.createHash('sha256').update(read(SRC)).digest('hex')
if (sha !== SRC_SHA256) throw new Error(`unexpected sha256 of the outlines: ${sha}`)
const deps = require('@etalab/decoupage-administratif/data/departements.json')
const regs = require('@etalab/decoupage-administratif/data/regions.json')
const depBy = Object.fromEntries(deps.map(d => [d.code, d]))
const regBy = Object.fromEntries(regs.map(r => [r.code, r]))

const DROM = { 'FR-GP': '971', 'FR-MQ': '972', 'FR-GF': '973', 'FR-RE': '974', 'FR-YT': '976' }
const ISO_REG = { '01': 'FR-971', '02': 'FR-972', '03': 'FR-973', '04': 'FR-974', '06': 'FR-976', 11: 'FR-IDF', 24: 'FR-CVL',
  27: 'FR-BFC', 28: 'FR-NOR', 32: 'FR-HDF', 44: 'FR-GES', 52: 'FR-PDL', 53: 'FR-BRE', 75: 'FR-NAQ', 76: 'FR-OCC', 84: 'FR-ARA', 93: 'FR-PAC', 94: 'FR-20R' }
// What THE SOURCE did to each overseas territory: p_source = s * p_true + (tx, ty), in degrees; measured once
// by fitting to the IGN outlines. Needed to place points (communes) too.
const SRC_AFF = JSON.parse(read('calibration.json'))
const LAT0 = { 971: 16.2, 972: 14.65, 973: 4.0, 974: -21.13, 976: -12.83 }

// Five insets below the Pyrenees, level with Corse: the map grows by 0.7° only.
const BOX = { w: 1.68, h: 1.30, gap: 0.10, x0: -5.1, y0: 40.75, pad: 0.09 }
const order = ['971', '972', '973', '974', '976']
const cos = d => Math.cos(d * Math.PI / 180)
const eachPt = (c, f) => typeof c[0] === 'number' ? f(c) : c.map(x => eachPt(x, f))
const bbox = g => { const b = [1e9, 1e9, -1e9, -1e9]; eachPt(g.coordinates, ([x, y]) => { b[0] = Math.min(b[0], x); b[1] = Math.min(b[1], y); b[2] = Math.max(b[2], x); b[3] = Math.max(b[3], y) }); return b }

const src = JSON.parse(read(SRC))
const insets = {}, frames = []
const features = src.features.map(f => {
  const iso = f.properties.ISO.trim()          // the source holds at least one stray tab
  const code = DROM[iso] ?? iso.replace(/^FR-/, '')
  const d = depBy[code]
  if (!d) throw new Error('unknown département ' + iso)
  let geometry = f.geometry
  if (code in LAT0) {
    const i = order.indexOf(code), bx = BOX.x0 + i * (BOX.w + BOX.gap), by = BOX.y0
    const latC = by + BOX.h / 2
    const kx = cos(LAT0[code]) / cos(latC)     // true proportions at the inset's latitude (Mercator)
    const b = bbox(geometry), cw = (b[2] - b[0]) * kx, ch = b[3] - b[1]
    const s = Math.min((BOX.w - 2 * BOX.pad) / cw, (BOX.h - 2 * BOX.pad) / ch)
    const cx = (b[0] + b[2]) / 2, cy = (b[1] + b[3]) / 2, X = bx + BOX.w / 2, Y = latC
    const fwd = ([x, y]) => [(x - cx) * kx * s + X, (y - cy) * s + Y]
    geometry = { type: geometry.type, coordinates: eachPt(geometry.coordinates, fwd) }
    const a = SRC_AFF[code]                    // true -> source -> inset
    insets[code] = { nom: d.nom, ax: +(a.s * kx * s).toFixed(6), bx: +((a.tx - cx) * kx * s + X).toFixed(6),
      ay: +(a.s * s).toFixed(6), by: +((a.ty - cy) * s + Y).toFixed(6), cadre: [bx, by, bx + BOX.w, by + BOX.h].map(v => +v.toFixed(3)) }
    const [x1, y1, x2, y2] = insets[code].cadre
    frames.push({ type: 'Feature', properties: { code, nom: d.nom }, geometry: { type: 'LineString', coordinates: [[x1, y1], [x2, y1], [x2, y2], [x1, y2], [x1, y1]] } })
  }
  return { type: 'Feature', properties: { code, nom: d.nom, region: d.region }, geometry }
})
if (features.length !== 101) throw new Error('101 départements expected')
const input = { 'dep.geojson': JSON.stringify({ type: 'FeatureCollection', features }) }
const out = await mapshaper.applyCommands([
  '-i dep.geojson snap-interval=0.0005',
  // gj2008: outer rings clockwise, which d3-geo (Plotly's choropleth) expects. fix-geometry: mends loops born of rounding.
  '-clean', '-snap precision=0.001 fix-geometry', '-clean', '-sort code',
  '-o departements.geojson precision=0.001 fix-geometry gj2008 id-field=code',
  '-points inner + name=centres', '-o centres.geojson precision=0.001', '-target 1',
  '-dissolve region calc=\'n=count()\'', '-rename-fields code=region', '-sort code',
  '-o regions.geojson precision=0.001 fix-geometry gj2008 id-field=code'
].join(' '), input)
const dep = JSON.parse(out['departements.geojson']), reg = JSON.parse(out['regions.geojson'])
for (const f of reg.features) { f.properties = { code: f.properties.code, nom: regBy[f.properties.code].nom, iso: ISO_REG[f.properties.code], outremer: f.properties.code < '10' } }
const meta = { name: '', attribution: 'Tracés : Natural Earth (domaine public) via Apache Superset (Apache-2.0) ; codes et noms : INSEE, COG 2026 via Etalab (Licence Ouverte 2.0). Outre-mer en encarts, échelles différentes.' }
const write = (name, fc) => { fc = { type: 'FeatureCollection', ...meta, name: name.replace('.geojson', ''), features: fc.features }; fs.writeFileSync(name, '{"type":"FeatureCollection","name":' + JSON.stringify(fc.name) + ',"attribution":' + JSON.stringify(meta.attribution) + ',"features":[\n' + fc.features.map(f => JSON.stringify(f)).join(',\n') + '\n]}\n') }
if (reg.features.length !== 18 || dep.features.length !== 101) throw new Error(`${reg.features.length} régions, ${dep.features.length} départements`)
write('regions.geojson', reg); write('departements.geojson', dep); write('cadres.geojson', { features: frames })
fs.writeFileSync('encarts.json', JSON.stringify(insets, null, 1) + '\n')
// A point inside each département, in the map's coordinates (insets included): data/reference/make/centres.py makes them true.
fs.writeFileSync('centres_departements.json', JSON.stringify(Object.fromEntries(JSON.parse(out['centres.geojson']).features.map(f => [f.properties.code, f.geometry.coordinates]))) + '\n')
for (const f of ['regions.geojson', 'departements.geojson', 'cadres.geojson', 'encarts.json', 'centres_departements.json']) console.log(f, fs.statSync(f).size)
