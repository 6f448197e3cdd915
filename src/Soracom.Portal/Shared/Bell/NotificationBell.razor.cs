using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Bell;

/// <summary>Tells whoever is signed in, on every page, what of their work has ended or waits for them.</summary>
public sealed partial class NotificationBell : IDisposable
{
    private readonly CancellationTokenSource left = new();

    // Whoever rings does so in the culture of the program, not of the page.
    private readonly (CultureInfo Formats, CultureInfo Texts) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private IDisposable? listening;
    private BellNews? news;
    private DateTimeOffset? seenBefore;
    private string? said;
    private bool open;
    private int rings;

    /// <summary>Who is signed in.</summary>
    [Parameter]
    [EditorRequired]
    public required SignedIn Person { get; set; }

    [Inject]
    private BellBoard Board { get; set; } = null!;

    [Inject]
    private BellWatch Watch { get; set; } = null!;

    [Inject]
    private ILogger<NotificationBell> Log { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    // Many are told as many: more than are listed nobody counts.
    private string Many => Unseen >= BellBoard.Most ? $"{BellBoard.Most}+" : Unseen.ToString(CultureInfo.CurrentCulture);

    private int Unseen => open ? 0 : news?.Unseen ?? 0;

    /// <inheritdoc />
    public void Dispose()
    {
        listening?.Dispose();
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            listening = Watch.Listen(Person.PersonId, RungAsync);
        }
    }

    // What was new when the list was unfolded stays marked until it is folded up.
    private bool IsNew(BellEntry entry) => (news! with { SeenAt = open ? seenBefore : news.SeenAt }).IsUnseen(entry);

    private async Task<IReadOnlyCollection<Guid>> RungAsync()
    {
        await InvokeAsync(RingAsync);
        return news?.Tenants ?? [];
    }

    private async Task RingAsync()
    {
        if (left.IsCancellationRequested)
        {
            return;
        }

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        var mine = ++rings;
        try
        {
            var read = await Board.ListAsync(Person, left.Token);
            if (mine != rings)
            {
                return;
            }

            var before = news;
            news = read;
            if (before is not null && news.Entries.FirstOrDefault(news.IsUnseen) is { } newest && before.Entries.All(entry => entry.Row != newest.Row))
            {
                said = Words["Bell.Said", BellWords.Of(Words, newest.Row)];
            }

            await SeeAsync();
            StateHasChanged();
        }
        catch (Exception) when (left.IsCancellationRequested)
        {
            // The page is left; databases give up in words of their own.
        }
    }

    private async Task ToggledAsync()
    {
        open = !open;
        seenBefore = news?.SeenAt;
        try
        {
            await SeeAsync();
        }
        catch (Exception) when (left.IsCancellationRequested)
        {
            // The page is left.
        }
        catch (DbException error)
        {
            // What was looked at counts as new until the next look: no reason to end the page that the bell stands on.
            LogNotNoted(Log, error);
        }
    }

    private async Task SeeAsync()
    {
        if (open && news is { Unseen: > 0 } shown)
        {
            var until = shown.Entries[0].Row.At;
            await Board.SeenAsync(Person, until, left.Token);
            news = shown with { SeenAt = until };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What somebody has seen of their news could not be noted.")]
    private static partial void LogNotNoted(ILogger log, Exception error);
}
