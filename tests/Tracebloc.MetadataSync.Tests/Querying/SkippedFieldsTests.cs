using System.Text;
using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class SkippedFieldsTests
{
    private const string Json =
        """
        {"kind":"Model","spec":{"code":"\u00e9🐈","runtimeName":1.5,"items":[{"b":1},{"a":2}]},"status":{}}
        """;

    [Theory]
    [InlineData("spec", """{"kind":"Model","status":{}}""")]
    [InlineData("spec.items",
        """{"kind":"Model","spec":{"code":"\u00e9🐈","runtimeName":1.5},"status":{}}""")]
    [InlineData("spec.runtime_name",
        """{"kind":"Model","spec":{"code":"\u00e9🐈","items":[{"b":1},{"a":2}]},"status":{}}""")]
    [InlineData("spec.items.b",
        """{"kind":"Model","spec":{"code":"\u00e9🐈","runtimeName":1.5,"items":[{},{"a":2}]},"status":{}}""")]
    [InlineData("spec.code.deeper", Json)]
    [InlineData("absent", Json)]
    public void A_member_is_left_out_and_all_else_stays_as_it_is(string path, string expected) =>
        Assert.Equal(expected, Without(path));

    [Fact]
    public void Several_members_are_left_out_at_once() => Assert.Equal(
        """{"kind":"Model","spec":{"runtimeName":1.5}}""",
        Without("status", "spec.items", "spec.code"));

    private static string Without(params string[] paths) =>
        Encoding.UTF8.GetString(SkippedFields.Without(Encoding.UTF8.GetBytes(Json), paths).Span);
}
