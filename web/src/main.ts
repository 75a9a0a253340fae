import { createPinia } from 'pinia'
import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import './base/style.css'
import { i18n } from './base/i18n'
import App from './shell/App.vue'
import { router } from './shell/router'

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
