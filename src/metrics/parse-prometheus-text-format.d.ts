declare module 'parse-prometheus-text-format' {
  type Metric = { labels?: Record<string, string>; value?: string; count?: string; sum?: string };
  type Family = { name: string; help: string; type: string; metrics: Metric[] };
  // biome-ignore lint/style/noDefaultExport: it is what the package exports
  export default function parse(text: string): Family[];
}
