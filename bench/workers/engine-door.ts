import { deployed } from '../deployed';
import { program } from '../programs/door';

deployed(program);
