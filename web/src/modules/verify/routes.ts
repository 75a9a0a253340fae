// Verifying a certificate. Public; the QR on the certificate leads here with number and code.
import type { RouteRecordRaw } from 'vue-router'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')

export const routes: RouteRecordRaw[] = [
  { path: '/verify', name: 'verify', component: lazy_page(() => import('./pages/VerifyCertificate.vue'), words), meta: { title: '证书核验' } },
]
