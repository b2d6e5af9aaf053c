export { createPeopleGroup } from './create-people-group.ts';
export { deletePeopleGroup } from './delete-people-group.ts';
export { groupsByHandle } from './group-store.ts';
export { leavePeopleGroups } from './leave-people-groups.ts';
export { listPeopleGroups } from './list-people-groups.ts';
export { renamePeopleGroup } from './rename-people-group.ts';
export { setPeopleOfGroup } from './set-people-of-group.ts';
