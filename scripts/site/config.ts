/** What VitePress is told: navigation made of the pages themselves, a search that needs no server. https://vitepress.dev/reference/site-config */
import type { SitePage } from './pages';

interface Item {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Item[];
}

/** The sections of the sidebar, by the beginning of their pages' paths; the first that fits has the page, and what fits nowhere comes last. */
const SECTIONS: readonly { readonly text: string; readonly of: RegExp; readonly collapsed?: boolean }[] = [
  { text: 'Start', of: /^(readme|start\/)/ },
  { text: 'Guides', of: /^guides\// },
  { text: 'Clouds and relying parties', of: /^(providers|matrix)/ },
  { text: 'Tasks', of: /^(scenarios|examples)\//, collapsed: true },
  { text: 'Reference', of: /^(reference\/|api|promises|security|changelog|conformance|performance)/ },
  { text: 'How it works', of: /^(architecture|contributing)/ },
  { text: 'Decisions', of: /^decisions\//, collapsed: true },
  { text: 'More', of: /./ },
];

const isIndex = (path: string): boolean => /(^|\/)index\.md$/.test(path);

function itemsOf(pages: readonly SitePage[]): readonly Item[] {
  const sorted = [...pages].sort((a, b) => Number(isIndex(b.path)) - Number(isIndex(a.path)));
  return sorted.map(({ path, title }) => ({ text: path === 'readme.md' ? 'What it is' : title.replace(/^Start: /, '').replace(/^./, letter => letter.toUpperCase()), link: `/${path.replace(/(index)?\.md$/, '')}` }));
}

/** Two halves of a token. */
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M7 1a7 7 0 0 0 0 14l-1-4 2-3-2-3z" fill="#0f6a5b"/><path d="M9 1a7 7 0 0 1 0 14l-1-4 2-3-2-3z" fill="#3fa08f"/></svg>')}`;

export function configOf(pages: readonly SitePage[]): object {
  const left = new Set(pages);
  const sidebar = SECTIONS.map(({ text, of, collapsed }) => {
    const own = [...left].filter(({ path }) => of.test(path));
    own.forEach(page => left.delete(page));
    return { text, ...(collapsed === true && { collapsed }), items: itemsOf(own) };
  });
  return {
    title: 'Symbolon',
    description: 'Kubernetes workload identity: both halves from one typed definition, with a proof that they fit.',
    lang: 'en',
    outDir: '../dist',
    cacheDir: '../cache',
    lastUpdated: false,
    // A link that leads nowhere stops the build.
    ignoreDeadLinks: false,
    head: [['link', { rel: 'icon', type: 'image/svg+xml', href: ICON }]],
    themeConfig: {
      search: { provider: 'local' },
      outline: { level: [2, 3] },
      nav: [{ text: 'Start', link: '/start/' }, { text: 'Codes', link: '/reference/codes' }, { text: 'API', link: '/api' }],
      sidebar: sidebar.filter(({ items }) => items.length > 0),
      socialLinks: [{ icon: 'github', link: 'https://github.com/symbolon/symbolon' }],
      footer: { message: 'Apache-2.0. No telemetry, no cookies.' },
    },
  };
}

/** The first page. */
export const HOME = `---
layout: home
hero:
  name: Symbolon
  text: Pods with a cloud identity, and no secret
  tagline: Both halves of Kubernetes workload identity from one typed definition, and a proof that they fit, before anything is deployed.
  actions:
    - { theme: brand, text: Start, link: /start/ }
    - { theme: alt, text: What it is, link: /readme }
    - { theme: alt, text: Verify what is there, link: /guides/verify }
features:
  - { title: Manifests in code, details: "cdk8s and plain YAML: any workload of any origin gets its identity.", link: /start/manifests }
  - { title: Pulumi stacks, details: "The cloud half or both, in preview and in tests.", link: /start/stack }
  - { title: Tested repositories, details: "Matchers that mint the token and ask the trust; snapshots of both halves.", link: /start/tests }
  - { title: Six relying parties, details: "AWS, Azure, Google Cloud, Alibaba Cloud, Vault, and APIs of your own, on any cluster.", link: /matrix }
  - { title: What a finding means, details: "Every code with what is right and what to do.", link: /reference/codes }
  - { title: Promises, details: "What an upgrade never does, and what it runs with.", link: /promises }
---
`;

/** Long words and wide tables stay inside a phone. */
export const STYLE = `
:root { --vp-c-brand-1: #0f6a5b; --vp-c-brand-2: #0c5549; --vp-c-brand-3: #0f6a5b; --vp-c-brand-soft: rgba(15, 106, 91, 0.14); }
.dark { --vp-c-brand-1: #6fd3bf; --vp-c-brand-2: #a2e4d7; --vp-c-brand-3: #0f6a5b; --vp-c-brand-soft: rgba(111, 211, 191, 0.16); }
.vp-doc :is(p, li, h1, h2, h3, h4) { overflow-wrap: anywhere; }
.vp-doc td, .vp-doc th { min-width: 7rem; overflow-wrap: break-word; }
.vp-doc td { vertical-align: top; }
.vp-doc td:first-child code { white-space: nowrap; }
.vp-doc [class*='language-'] > span.lang { color: var(--vp-c-text-2); }
`;
