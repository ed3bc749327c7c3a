import { FrontPage, Words } from './front-page.tsx';

/** Between start and the first word of the core. */
export function Starting() {
  return (
    <FrontPage title="Kia ora. Portal Desk">
      <Words>
        <span role="status">Opening</span>
      </Words>
    </FrontPage>
  );
}
