using System.Text;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>Files that the SIM list gave out, changed by somebody and read by a job.</summary>
public sealed class ListedFileTests : IAsyncLifetime
{
    private const int Head = 0;

    private JobScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await JobScene.StartAsync();
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, SoracomCoverage.Global, Watchdog.Token);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task File_AsItWasGivenOut_AsksForNothing(string language)
    {
        using var speaking = new Speaking(language);

        var error = Assert.IsType<FileIsAsListedError>((await PlanAsync(await ExportAsync(SimListColumn.All, query: ""))).Error);
        Assert.Equal(language == "en" ? "Name, Status, Group, Speed class, Tags, Expires" : "名前, ステータス, グループ, 速度クラス, タグ, 有効期限", Assert.Single(error.Arguments));
    }

    [Theory]
    [InlineData("en", "Tags")]
    [InlineData("ja", "タグ")]
    public async Task File_WithOneCellChanged_PlansThatAlone_InWhicheverLanguageItIsRead(string language, string tags)
    {
        using var speaking = new Speaking(language);
        var file = await ExportAsync(SimListColumn.All);
        var line = file.FindIndex(1, cells => cells[Column(file, tags)].Length > 0);
        file[line][Column(file, tags)] += "; season=autumn";

        using var other = new Speaking(language == "en" ? "ja" : "en");
        var planned = await PlanAsync(file);

        var item = Assert.Single(await ItemsAsync(planned));
        Assert.Equal((line + 1, file[line][0], SimJobItemState.Waiting, new SimTagChange("season", "autumn")), (item.Line, item.SimId, item.State, Change(item)));
    }

    [Fact]
    public async Task Cells_ThatAreChanged_BecomeTheChangesOfTheirColumns()
    {
        var line = await LineOfAsync(sim => sim is { Status: SimStatus.Active, Tags.Length: > 0, GroupName.Length: > 0 });
        await scene.ChangeRowsAsync(sim => (sim.ExpiresAt, sim.ExpiryAction) = (scene.Portal.Clock.GetUtcNow().AddDays(30), ExpiryAction.Suspend));
        var file = await ExportAsync(SimListColumn.All);
        var group = file.Select(cells => cells[Column(file, "Group")]).Skip(1).First(name => name.Length > 0 && name != file[line][Column(file, "Group")]);
        Set(file, line, ("Name", "=1+1"), ("Tags", "-"), ("Group", "-"), ("Speed class", "s1.slow"), ("Expires", "2031-05-06T07:08:09Z"), ("Status", "inactive"));
        Set(file, line + 1, ("Group", group), ("Name", "Renamed"));

        var items = await ItemsAsync(await PlanAsync(file));

        var first = items.Where(item => item.Line == line + 1).Select(Change).ToList();
        Assert.NotEmpty(first.OfType<SimTagRemoval>());
        Assert.Equal(new SimStatusChange("inactive"), first[^1]);
        Assert.Equivalent(
            new SimChange[]
            {
                new SimNameChange("=1+1"),
                new SimGroupChange(GroupId: null),
                new SimSpeedChange("s1.slow"),
                new SimExpiryChange(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero), ExpiryAction.Suspend),
                new SimStatusChange("inactive"),
            },
            first.Where(change => change is not SimTagRemoval),
            strict: true);
        Assert.Equal(group, items.Where(item => item.Line == line + 2).Select(Change).OfType<SimGroupChange>().Single().GroupName);
        Assert.All(items, item => Assert.InRange(item.Line!.Value, line + 1, line + 2));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("-")]
    [InlineData(" -5 ")]
    [InlineData("＠home")]
    [InlineData("two, \"quoted\"; words")]
    public async Task Names_ThatASpreadsheetWouldCalculate_ComeBackAsTheyAre(string name)
    {
        await scene.ChangeRowsAsync(sim => sim.Name = name);
        var file = await ExportAsync(SimListColumn.All);
        Assert.IsType<FileIsAsListedError>((await PlanAsync(file)).Error);

        Set(file, 1, ("Name", CsvText.Harmless("+81 3")));
        Assert.Equal(new SimNameChange("+81 3"), Change(Assert.Single(await ItemsAsync(await PlanAsync(file)))));
    }

    [Fact]
    public async Task Columns_ThatAreNotRead_AskForNothing_AndColumnsOfJobsCanBeAdded()
    {
        var file = await ExportAsync(SimListColumn.All);
        Set(file, 1, ("IMSI", "1"), ("Session", "offline?"), ("Last heard", "never"), ("Created", "x"));
        Assert.DoesNotContain("IMSI", Assert.IsType<FileIsAsListedError>((await PlanAsync(file)).Error).Arguments[0].ToString(), StringComparison.Ordinal);
        file[Head] = [.. file[Head], "tag:campaign"];
        file[2] = [.. file[2], "autumn"];

        Assert.Equal(new SimTagChange("campaign", "autumn"), Change(Assert.Single(await ItemsAsync(await PlanAsync(file)))));

        file[Head] = [.. file[Head], "colour"];
        Assert.Equal((1, "UnknownColumn"), Told((await PlanAsync(file)).Error));
    }

    [Fact]
    public async Task Lines_OfTheOtherCoverage_AreLeftAlone_UnlessSomethingOfThemIsToChange()
    {
        var file = await ExportAsync(SimListColumn.Default, query: "");
        var global = file.FindIndex(cells => cells[1] == "g");
        Set(file, file.FindIndex(cells => cells[1] == "jp"), ("Name", "Japan"));
        Assert.Equal(new SimNameChange("Japan"), Change(Assert.Single(await ItemsAsync(await PlanAsync(file)))));

        Set(file, global, ("Name", "Global"));
        Assert.Equal((global + 1, "OtherCoverage"), Told((await PlanAsync(file)).Error));
    }

    [Theory]
    [InlineData("Tags", "no tags", "BadTags")]
    [InlineData("Group", "Nobody's", "UnknownGroup")]
    [InlineData("Expires", "31.3.2027", "BadTime")]
    [InlineData("Status", "sleeping", "Wrong")]
    [InlineData("Coverage", "moon", "BadCoverage")]
    [InlineData("SIM ID", "8.99981E+18", "Mangled")]
    [InlineData("SIM ID", "8999999999999999999", "UnknownSim")]
    public async Task Cell_ThatCantBeUsed_IsToldByItsLine(string column, string text, string key)
    {
        var file = await ExportAsync(SimListColumn.All);
        Set(file, 7, (column, text));

        Assert.Equal((8, key), Told((await PlanAsync(file)).Error));
    }

    [Fact]
    public async Task File_WithNothingButWhatIsNotRead_SaysSo()
    {
        var file = await ExportAsync(SimListColumn.Of([SimColumn.Name, SimColumn.Imsi, SimColumn.Session]));
        var fewer = file.Select(cells => new[] { cells[0], cells[1], cells[3] }).ToList();

        Assert.Equal((1, "NoChange"), Told((await PlanAsync(fewer)).Error));
    }

    private static (int Line, string Key) Told(PortalError? error)
    {
        var problem = Assert.Single(Assert.IsType<FileProblemsError>(error).Problems);
        return (problem.Line, problem.Key);
    }

    private static SimChange Change(SimJobItem item) => SimJobJson.ReadChange(item.Change!);

    private static int Column(List<string[]> file, string header) => Array.IndexOf(file[Head], header);

    private static void Set(List<string[]> file, int line, params (string Column, string Text)[] cells)
    {
        foreach (var (column, text) in cells)
        {
            file[line][Column(file, column)] = text;
        }
    }

    private async Task<List<string[]>> ExportAsync(IReadOnlyList<SimListColumn> columns, string query = "?coverage=jp")
    {
        using var file = new MemoryStream();
        await scene.Portal.Get<SimExport>().WriteAsync(scene.Tenant, new SimSelection.Matching(SimQuery.Parse(query), 0, []), columns, file, Watchdog.Token);
        return [.. CsvText.Read(Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF'), ',').Select(line => line.Cells.ToArray())];
    }

    private Task<Result<SimJob>> PlanAsync(List<string[]> file) => scene.Plans.PlanFileAsync(
        scene.Tenant, JobScene.Japan, "sims.csv", Encoding.UTF8.GetBytes(string.Concat(file.Select(cells => CsvText.Line(cells) + "\r\n"))), Watchdog.Token);

    private async Task<IReadOnlyList<SimJobItem>> ItemsAsync(Result<SimJob> planned)
    {
        Assert.Null(planned.Error);
        return await scene.ItemsAsync(planned.Value.Id);
    }

    /// <summary>The line, counted from 0, of the first SIM of Japan that is so.</summary>
    private async Task<int> LineOfAsync(Func<InventorySim, bool> isSo)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        var wanted = db.InventorySims.Where(sim => sim.Coverage == "jp").AsEnumerable().Where(isSo).Select(sim => sim.SimId).ToHashSet(StringComparer.Ordinal);
        return (await ExportAsync(SimListColumn.All)).FindIndex(cells => wanted.Contains(cells[0]));
    }
}
