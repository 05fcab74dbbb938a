using System.Text.Json.Serialization;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The documents of the query API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(DeletionJson))]
[JsonSerializable(typeof(ApiVersionsJson))]
[JsonSerializable(typeof(ApiGroupListJson))]
[JsonSerializable(typeof(ApiGroupJson))]
[JsonSerializable(typeof(ApiResourceListJson))]
[JsonSerializable(typeof(VersionInfoJson))]
internal sealed partial class QueryJson : JsonSerializerContext;
