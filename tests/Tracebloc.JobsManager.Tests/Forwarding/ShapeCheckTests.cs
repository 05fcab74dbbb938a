using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Forwarding;
using Tracebloc.JobsManager.Tokens;

namespace Tracebloc.JobsManager.Tests.Forwarding;

public sealed class ShapeCheckTests
{
    private static readonly RunClaims Claims = new("run-key-1", "houses", "train", default, default);

    private static readonly string[] Bodies =
    [
        "[]", ForwardFixture.Rows("a", "b"), ForwardFixture.Rows("a") + " ", "[{}]", "[", "", "[}",
        $"[{ForwardFixture.Row("a")},{ForwardFixture.Row("b", "test")}]", ForwardFixture.Rows("é\\u00e9\\\"") + "x",
        $"[{ForwardFixture.Row("a")[..^1]},\"x\":1}}]", $"[{ForwardFixture.Row("a")} {ForwardFixture.Row("b")}]",
    ];

    [Fact]
    public void The_verdict_does_not_depend_on_the_pieces_in_which_a_body_arrives() => Check.QuickThrowOnFailure(
        Prop.ForAll(Arb.From(Gen.Elements(Bodies)), ArbMap.Default.ArbFor<PositiveInt[]>(), (body, sizes) =>
            Verdict(body, sizes.Select(size => size.Get)) == Verdict(body, [])));

    [Fact]
    public void Only_rows_of_the_contract_pass() => Assert.Equal(
        [true, true, true, false, false, false, false, false, false, false, false],
        Bodies.Select(body => Verdict(body, []) is null));

    /// <returns>The status of the refusal; null for none.</returns>
    private static int? Verdict(string body, IEnumerable<int> sizes)
    {
        var check = new ShapeCheck(BodyShape.Of(CentralCall.Batch, Claims)!);
        var bytes = Encoding.UTF8.GetBytes(body);
        var (done, end) = (0, 0);
        foreach (var size in sizes)
        {
            end = Math.Min(bytes.Length, end + size);
            done += check.Read(bytes.AsSpan(done, end - done), isLast: false);
            if (check.Refusal is not null) return check.Refusal.Status;
        }

        check.Read(bytes.AsSpan(done), isLast: true);
        return check.Refusal?.Status;
    }
}
