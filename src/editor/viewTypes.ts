/** What the manifest calls our webviews; here so that they can be registered before what shows them is loaded. */
export const TENSOR_VIEWER = 'shapelens.tensorViewer';
/** One of them opens such files, the other is offered for them: a .pt file may be anything. */
export const TENSOR_FILE_EDITORS = ['shapelens.tensorFile', 'shapelens.checkpoint'];
