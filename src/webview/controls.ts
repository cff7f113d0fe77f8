/** The controls of one tensor: which dim is what, and sliders for the rest. */
import { MAX_FACETS, sliderDims, withRole } from './mapping';
import type { Mapping } from './mapping';
import type { TensorMetadata } from './protocol';

const ROLES = [['rowDim', 'Rows'], ['colDim', 'Columns'], ['facetDim', 'Side by side']] as const;

export function controls(tensor: TensorMetadata, mapping: Mapping, onChange: (mapping: Mapping) => void): HTMLElement {
  const box = document.createElement('div');
  box.className = 'controls';
  if (tensor.shape.length >= 2) for (const [role, label] of ROLES) box.append(roleSelect(tensor, mapping, role, label, onChange));
  for (const dim of sliderDims(mapping, tensor.shape.length)) box.append(slider(tensor, mapping, dim, onChange));
  return box;
}

export function dimLabel(tensor: TensorMetadata, dim: number): string {
  const name = tensor.dims[dim] ?? '';
  const size = tensor.shape[dim]!;
  return name === '' || name === String(size) ? `dim ${dim} (${size})` : `${name} (${size})`;
}

function roleSelect(tensor: TensorMetadata, mapping: Mapping, role: 'rowDim' | 'colDim' | 'facetDim', text: string, onChange: (mapping: Mapping) => void): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.dataset['role'] = role;
  const none = new Option('none', '');
  if (role === 'facetDim') select.add(none);
  tensor.shape.forEach((size, dim) => {
    if (role !== 'facetDim' || size <= MAX_FACETS) select.add(new Option(dimLabel(tensor, dim), String(dim)));
  });
  select.value = mapping[role] === null ? '' : String(mapping[role]);
  select.addEventListener('change', () => onChange(withRole(mapping, role, select.value === '' ? null : Number(select.value))));
  label.append(text, select);
  return label;
}

function slider(tensor: TensorMetadata, mapping: Mapping, dim: number, onChange: (mapping: Mapping) => void): HTMLElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  const output = document.createElement('output');
  input.type = 'range';
  input.min = '0';
  input.max = String(Math.max(0, tensor.shape[dim]! - 1));
  input.value = String(mapping.index[dim]);
  input.dataset['dim'] = String(dim);
  output.textContent = input.value;
  input.addEventListener('input', () => {
    output.textContent = input.value;
    onChange({ ...mapping, index: mapping.index.map((at, i) => (i === dim ? Number(input.value) : at)) });
  });
  label.append(dimLabel(tensor, dim), input, output);
  return label;
}
