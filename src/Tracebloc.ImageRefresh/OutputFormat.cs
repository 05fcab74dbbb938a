namespace Tracebloc.ImageRefresh;

internal enum OutputFormat
{
    Text,
    Json,
}
