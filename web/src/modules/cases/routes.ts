// The home registry's workplace.
import type { RouteRecordRaw } from 'vue-router'
import type { Duty } from '@/base/api'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')
const duties: readonly Duty[] = ['acceptor', 'reviewer', 'registrar', 'supervisor']

export const routes: RouteRecordRaw[] = [
  {
    path: '/home',
    name: 'cases',
    component: lazy_page(() => import('./pages/CaseQueue.vue'), words),
    meta: { duties, title: '属地办理', wide: true },
  },
  {
    path: '/home/team',
    name: 'team',
    component: lazy_page(() => import('./pages/TeamDesk.vue'), words),
    meta: { duties: ['supervisor'] satisfies Duty[], title: '督查', wide: true },
  },
  {
    path: '/home/court-documents',
    name: 'court-documents',
    component: lazy_page(() => import('./pages/CourtDocuments.vue'), words),
    meta: { duties: ['registrar'] satisfies Duty[], title: '法院文书' },
  },
  {
    path: '/home/cases/:number',
    name: 'case',
    component: lazy_page(() => import('./pages/CaseSheet.vue'), words),
    props: true,
    meta: { duties, title: '办件审查', wide: true },
  },
]
