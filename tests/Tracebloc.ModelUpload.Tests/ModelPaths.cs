using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests;

internal static class ModelPaths
{
    public static ModelPath Of(string text) => ModelPath.TryParse(text, out var path, out var fault)
        ? path
        : throw new ArgumentException($"The path {fault}.", nameof(text));
}
