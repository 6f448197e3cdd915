using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>
/// Takes out all that the portal holds of a suspended customer as one ZIP: each table as a file of JSON lines, and what lies sealed opened, as files.
/// Credentials for Soracom, keys and the codes of links are not in it.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="customers">Says whose customer a tenant is.</param>
/// <param name="holdings">What areas keep beside the tables.</param>
/// <param name="notices">Tells the owners.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class CustomerFiles(PortalDatabase database, Customers customers, IEnumerable<ITenantHoldings> holdings, SuspensionNotices notices, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What says what the others are.</summary>
    public const string Manifest = "manifest.json";

    // For people too: 青葉 is to stay legible. It is in no page.
    private static readonly JsonSerializerOptions Legible = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it, records in the tenant's trail that it was, and tells its owners by mail.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="slug">The customer's name in addresses.</param>
    /// <param name="begin">Called when it is settled that there will be a file, before its first byte.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="breakOff">Called where it can't be written to its end, before the ZIP would be closed as if it were whole.</param>
    /// <param name="cancellationToken">Cancels; what was written by then is no ZIP.</param>
    /// <returns>
    /// The names of files that are lost; a <see cref="GoneError"/> where it is no customer of the reseller's, or is being removed; an <see cref="InputError"/> where the customer
    /// allows its partner less, or is not suspended; a <see cref="FreshSignInError"/>: then nothing was written.
    /// </returns>
    public async Task<Result<IReadOnlyList<string>>> WriteAsync(ResellerContext reseller, string slug, Action begin, Stream output, Action breakOff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        if (await customers.FindAsync(reseller, slug, cancellationToken) is not { RemovingAt: null } customer)
        {
            return new GoneError();
        }

        if (customer.Ceiling is not null)
        {
            return new InputError("CustomerHolds", Names.InText(customer.Name));
        }

        if (customer.SuspendedAt is null)
        {
            return new InputError("FilesSuspended", Names.InText(customer.Name));
        }

        if (await reseller.RequireFreshAsync(cancellationToken) is { } stale)
        {
            return stale;
        }

        // Before the first byte: whatever becomes of the process, that it was begun is known.
        await RecordAsync(reseller, customer, AuditOutcome.Begun, detail: null, cancellationToken);
        begin();
        var (outcome, detail) = (AuditOutcome.Failed, (string?)null);
        try
        {
            var lost = await WriteAsync(reseller, customer, output, breakOff, cancellationToken);
            (outcome, detail) = (AuditOutcome.Succeeded, Customers.LostInTrail(lost.Count));
            return Result.Of<IReadOnlyList<string>>(lost);
        }
        finally
        {
            // Also of what was broken off: that much has left the portal. The mails apart, so that what keeps them away keeps no entry away.
            await RecordAsync(reseller, customer, outcome, detail, CancellationToken.None);
            await database.InTurnAsync(customer.Id, (db, token) => TellAsync(db, reseller, customer, outcome, token), CancellationToken.None);
        }
    }

    private Task<bool> RecordAsync(ResellerContext reseller, Customer customer, AuditOutcome outcome, string? detail, CancellationToken cancellationToken) => database.InTurnAsync(
        customer.Id,
        async (db, token) =>
        {
            audit.AddOf(db, customer.Id, reseller.Actor, new AuditAct(AuditActions.TenantExported, outcome) { ObjectId = customer.Slug, ObjectName = customer.Name, Detail = detail, OnBehalfOf = reseller.Name });
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    private async Task<bool> TellAsync(PortalDbContext db, ResellerContext reseller, Customer customer, AuditOutcome outcome, CancellationToken cancellationToken)
    {
        if (await db.Tenants.SingleOrDefaultAsync(tenant => tenant.Id == customer.Id && tenant.RemovingAt == null, cancellationToken) is { } own)
        {
            await notices.AddTakenAsync(db, own, reseller.Actor.Name, reseller.Name, outcome == AuditOutcome.Succeeded, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<List<string>> WriteAsync(ResellerContext reseller, Customer customer, Stream output, Action breakOff, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        try
        {
            return await WriteAsync(reseller, customer, zip, cancellationToken);
        }
        catch
        {
            // Disposed, it would end like a whole one.
            breakOff();
            throw;
        }
    }

    private async Task<List<string>> WriteAsync(ResellerContext reseller, Customer customer, ZipArchive zip, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(customer.Id);
        var right = new Right(token => RequireAsync(reseller, customer, token), clock);
        var (rows, lost) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new List<string>());
        foreach (var table in TenantTables.Names(db))
        {
            rows[table] = await WriteTableAsync(zip, db, table, right, cancellationToken);
        }

        await using (var people = await OpenAsync(zip, "tables/People.jsonl", clock.GetUtcNow(), cancellationToken))
        {
            // Those whom members' rows name; their sessions and identities at providers are theirs.
            await foreach (var person in db.TenantMembers.Select(member => new { member.Person!.Id, member.Person.Name, member.Person.Email }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                await WriteLineAsync(people, person, cancellationToken);
            }
        }

        var files = 0;
        foreach (var held in holdings)
        {
            await foreach (var file in held.OfAsync(customer.Id, cancellationToken))
            {
                if (await IsWrittenAsync(zip, file, right, cancellationToken))
                {
                    files++;
                }
                else
                {
                    lost.Add(file.Path);
                }
            }
        }

        await using var manifest = await OpenAsync(zip, Manifest, clock.GetUtcNow(), cancellationToken);
        var told = await db.Tenants.AsNoTracking().Where(tenant => tenant.Id == customer.Id).Select(tenant => new { tenant.Id, tenant.Slug, tenant.Name, tenant.TimeZone, tenant.Language, tenant.Coverages, tenant.CreatedAt, tenant.DelegatedAt, tenant.DelegatedBy }).SingleAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(manifest, new { tenant = told, writtenAt = clock.GetUtcNow(), by = reseller.Actor.Name, partner = reseller.Name, rows, files, lost }, Legible, cancellationToken);
        return lost;
    }

    /// <summary>
    /// Writes a file. One that is lost, damaged, or shut as half of its key is lost, keeps nobody from the others; of a damaged one there is what could
    /// be read. While the store of the halves is away nothing can be said of any, and the ZIP breaks off.
    /// </summary>
    private static async Task<bool> IsWrittenAsync(ZipArchive zip, HeldFile file, Right right, CancellationToken cancellationToken)
    {
        await right.AskAsync(cancellationToken);
        try
        {
            if (await file.OpenAsync(cancellationToken) is not { } content)
            {
                return false;
            }

            await using (var guarded = right.Guard(content))
            {
                await using var entry = await OpenAsync(zip, file.Path, file.At, cancellationToken, file.IsDense ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
                await guarded.CopyToAsync(entry, cancellationToken);
            }

            return true;
        }
        catch (Exception error) when (error is InvalidDataException or VaultException { Failure: not VaultFailure.KeyShare })
        {
            return false;
        }
    }

    private async Task<long> WriteTableAsync(ZipArchive zip, PortalDbContext db, string table, Right right, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(zip, $"tables/{table}.jsonl", clock.GetUtcNow(), cancellationToken);
        var count = 0L;
        await foreach (var row in TenantTables.RowsAsync(db, table, cancellationToken))
        {
            await WriteLineAsync(entry, row, cancellationToken);
            await right.AskAsync(cancellationToken);
            count++;
        }

        return count;
    }

    private static async Task WriteLineAsync<T>(Stream output, T row, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, row, Legible, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private static Task<Stream> OpenAsync(ZipArchive zip, string path, DateTimeOffset at, CancellationToken cancellationToken, CompressionLevel level = CompressionLevel.Fastest)
    {
        var entry = zip.CreateEntry(path, level);
        entry.LastWriteTime = at.UtcDateTime.Year < 1980 ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) : at.ToUniversalTime();
        return entry.OpenAsync(cancellationToken);
    }

    private async ValueTask RequireAsync(ResellerContext reseller, Customer customer, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(reseller, customer.Slug, cancellationToken) is not { Ceiling: null, RemovingAt: null, SuspendedAt: not null } found || found.Id != customer.Id)
        {
            throw new PermissionDeniedException("The customer has taken that right away, or is served again.");
        }
    }

    /// <summary>The right to what is written, asked for now and then: a long file ends with it, and a short row is no query.</summary>
    private sealed class Right(Func<CancellationToken, ValueTask> require, TimeProvider clock)
    {
        private long asked = clock.GetTimestamp();

        public async ValueTask AskAsync(CancellationToken cancellationToken)
        {
            if (clock.GetElapsedTime(asked) >= GuardedStream.Interval)
            {
                await require(cancellationToken);
                asked = clock.GetTimestamp();
            }
        }

        public GuardedStream Guard(Stream content) => new(content, require, clock);
    }
}
