import { deployed } from '../deployed';
import { program } from '../programs/hand';

deployed(program);
