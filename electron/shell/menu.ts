import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { PreferenceFile } from './preferences.ts';

/** Editing, zoom and window roles only: commands of the app live in the page's registry, so that each has one key and one place. */
export function setMenu(preferences: PreferenceFile): void {
  const zoom = (label: string, accelerator: string, next: (factor: number) => number): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: (_item, window) => {
      if (!(window instanceof BrowserWindow)) return;
      const factor = Math.min(3, Math.max(0.5, next(window.webContents.getZoomFactor())));
      window.webContents.setZoomFactor(factor);
      preferences.saveZoom(factor);
    },
  });
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      zoom('Larger', 'CommandOrControl+=', (factor) => factor + 0.1),
      zoom('Smaller', 'CommandOrControl+-', (factor) => factor - 0.1),
      zoom('Actual size', 'CommandOrControl+0', () => 1),
      { type: 'separator' },
      { role: 'togglefullscreen', label: 'Full screen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  };
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin'
      ? [{ role: 'appMenu' } as const]
      : [{ label: 'File', submenu: [{ role: 'quit', label: 'Quit' } as const] }]),
    { role: 'editMenu' },
    view,
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
