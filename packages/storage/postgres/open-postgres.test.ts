import { describeDatabase, migrations, scripts } from '../testing/index.ts';
import { usePostgres } from '../testing/postgres-place.ts';
import { openPostgres } from './index.ts';

const place = usePostgres();

describeDatabase('PostgreSQL', {
  lasting: true,
  async newPlace() {
    const url = await place.newDatabase();
    return {
      open: (limits) => openPostgres({ url, scripts, migrations, ...(limits ? { limits } : {}) }),
      remove: () => place.server.dropDatabase(url),
    };
  },
});
