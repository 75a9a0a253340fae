// Service guides. Public; the QR code on a printed guide leads to the page of that guide.
import type { RouteRecordRaw } from 'vue-router'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')

export const routes: RouteRecordRaw[] = [
  { path: '/guides', name: 'guides', component: lazy_page(() => import('./pages/GuideList.vue'), words), meta: { title: '办事指南' } },
  { path: '/guides/:registry/:item', name: 'guide', props: true, component: lazy_page(() => import('./pages/ServiceGuide.vue'), words), meta: { title: '办事指南' } },
]
