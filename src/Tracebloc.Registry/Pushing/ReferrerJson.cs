using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracebloc.Registry.Pushing;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ReferrerJson : JsonSerializerContext;
