using System.Text.Json.Serialization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.SoraCam;

/// <summary>The cameras of an account, their licences and exports. Cameras live on the Japan coverage.</summary>
internal sealed class SoraCamPart() : Part<SoraCamState>(SoraCamJson.Default.SoraCamState)
{
    private static readonly TimeSpan Rebooting = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Updating = TimeSpan.FromSeconds(90);

    private readonly SortedDictionary<int, Camera> cameras = [];
    private readonly SortedDictionary<string, int> packs = new(StringComparer.Ordinal);
    private readonly List<PackChange> packChanges = [];
    private readonly SortedDictionary<string, long> removedSeconds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CameraExport> exports = new(StringComparer.Ordinal);
    private readonly Agenda<(Duty Duty, string Key)> agenda = new();

    private enum Duty
    {
        ComeBack,
        Reboot,
        GoOn,
    }

    /// <summary>Files that are being made or are ready.</summary>
    public CameraFilms Films { get; } = new();

    public override DateTimeOffset? NextDue => agenda.NextDue;

    public IEnumerable<Camera> Cameras => cameras.Values;

    /// <summary>Oldest first.</summary>
    public IEnumerable<CameraExport> Exports => exports.Values;

    public override void Seed()
    {
        if (Home.Coverage == Coverage.Japan)
        {
            CameraSeeds.Plant(this, Home);
        }
    }

    public override void Happen(DateTimeOffset at)
    {
        while (agenda.TryTake(at, out var entry))
        {
            switch (entry.Duty)
            {
                case Duty.ComeBack when Find(entry.Key) is { } camera:
                    Put(camera.Back(at.ToUnixTimeMilliseconds()), at);
                    break;
                case Duty.Reboot when Find(entry.Key) is { } camera:
                    Put(camera with { NextReboot = camera.SelfReboot.NextAfter(at) }, at);
                    Reboot(Get(camera.DeviceId), at);
                    break;
                case Duty.GoOn when exports.TryGetValue(entry.Key, out var export):
                    GoOn(export, at);
                    break;
                default:
                    break;
            }
        }
    }

    public Camera? Find(string deviceId) => Cameras.FirstOrDefault(camera => camera.DeviceId == deviceId);

    /// <exception cref="VendorException">There is none.</exception>
    public Camera Get(string deviceId) => Find(deviceId) ?? throw new VendorException(SoraCamErrors.NoSuchCamera);

    public CameraPast PastOf(Camera camera, DateTimeOffset now) => new(camera, Home.Origin.Seed, now.ToUnixTimeMilliseconds());

    /// <summary>Adds or replaces a camera; what changes with that, changes from now on.</summary>
    public void Put(Camera camera, DateTimeOffset now)
    {
        camera = camera.AsOf(now.ToUnixTimeMilliseconds());
        cameras[camera.Ordinal] = camera;
        Plan(camera);
    }

    public void Remove(Camera camera)
    {
        foreach (var (month, used) in camera.Used.Where(_ => !camera.IsShared))
        {
            removedSeconds[month] = removedSeconds.GetValueOrDefault(month) + Quota.Billed(used);
        }

        cameras.Remove(camera.Ordinal);
        agenda.Set((Duty.ComeBack, camera.DeviceId), due: null);
        agenda.Set((Duty.Reboot, camera.DeviceId), due: null);
        foreach (var export in exports.Values.Where(export => export.DeviceId == camera.DeviceId).ToList())
        {
            Put(export, next: null);
        }
    }

    /// <summary>Turns a camera off and on. One that is offline, or asleep, does not hear of it.</summary>
    public void Reboot(Camera camera, DateTimeOffset now)
    {
        if (camera.IsConnected && !camera.IsAsleep)
        {
            Put(camera.Away(now.ToUnixTimeMilliseconds(), Rebooting), now);
        }
    }

    public void Update(Camera camera, DateTimeOffset now) =>
        Put(camera.Away(now.ToUnixTimeMilliseconds(), Updating) with { NextFirmware = Camera.NewestFirmware }, now);

    /// <summary>How many licences of a kind the account has.</summary>
    public int Quantity(string licenceId) => packs.GetValueOrDefault(licenceId);

    /// <summary>Sets how many there have been all along.</summary>
    public void SetQuantity(string licenceId, int quantity) => packs[licenceId] = quantity;

    /// <summary>Buys or gives back licences.</summary>
    public void SetQuantity(string licenceId, int quantity, DateTimeOffset now)
    {
        packChanges.Add(new PackChange(licenceId, now.ToUnixTimeMilliseconds(), Quantity(licenceId)));
        packs[licenceId] = quantity;
    }

    /// <summary>How many licences of a kind the account had at most between two times, in Unix milliseconds, the end excluded.</summary>
    public int MostOf(string licenceId, long start, long end)
    {
        // Each change tells what was until then.
        var most = packChanges.Find(change => change.LicenceId == licenceId && change.Time >= end)?.Before ?? Quantity(licenceId);
        return packChanges.Where(change => change.LicenceId == licenceId && change.Time > start && change.Time < end).Select(change => change.Before).Append(most).Max();
    }

    /// <summary>The seconds of exports and streams that are charged for in a month (yyyyMM), those of cameras included that are gone.</summary>
    public long BilledSeconds(string month) =>
        removedSeconds.GetValueOrDefault(month) + Cameras.Where(camera => !camera.IsShared).Sum(camera => Quota.Billed(camera.Used.GetValueOrDefault(month)));

    public int InUse(string licenceId) => Cameras.Count(camera => camera.LicenceId == licenceId && !camera.IsShared);

    /// <summary>What is left of a camera's quota, apart from what exports under way will take.</summary>
    public long Left(Camera camera, DateTimeOffset now) =>
        Quota.Limit(camera) - Quota.Used(camera, now) - Exports.Where(export => export.DeviceId == camera.DeviceId && export.IsUnderWay).Sum(export => export.Cost);

    public void Add(CameraExport export) => Put(export, export);

    protected override SoraCamState Save() => new([.. Cameras], new(packs, StringComparer.Ordinal), [.. Exports])
    {
        PackChanges = packChanges.Count > 0 ? [.. packChanges] : null,
        RemovedSeconds = removedSeconds.Count > 0 ? new(removedSeconds, StringComparer.Ordinal) : null,
    };

    protected override void Load(SoraCamState saved)
    {
        saved.Exports.ForEach(Add);
        foreach (var (licenceId, quantity) in saved.Packs)
        {
            packs.Add(licenceId, quantity);
        }

        packChanges.AddRange(saved.PackChanges ?? []);
        foreach (var (month, seconds) in saved.RemovedSeconds ?? [])
        {
            removedSeconds.Add(month, seconds);
        }

        foreach (var camera in saved.Cameras)
        {
            cameras.Add(camera.Ordinal, camera);
            Plan(camera);
        }
    }

    private void Plan(Camera camera)
    {
        agenda.Set((Duty.ComeBack, camera.DeviceId), camera.BackAt is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null);
        agenda.Set((Duty.Reboot, camera.DeviceId), camera.NextReboot);
    }

    private void GoOn(CameraExport export, DateTimeOffset at)
    {
        var camera = Get(export.DeviceId);
        var files = export.HarvestPath is null ? null : Home.Account.Data(Home.Coverage!.Value).Part<FilesPart>();
        var next = export.Next(at.ToUnixTimeMilliseconds(), camera.ExportTrouble, export.Cost <= Left(camera, at), files?.Takes(export.HarvestPath!) != false);
        Put(export, next);
        if (files is not null && next?.Status == ExportStatus.Processing)
        {
            // Until it is completed somebody else can do the work.
            _ = Films.Of(next);
        }

        if (next?.Status == ExportStatus.Completed)
        {
            Put(Quota.Charge(camera, at, export.Cost), at);
            if (files is not null)
            {
                CameraFiles.Store(files, next, Films.Now(next), at);
            }
        }
    }

    private void Put(CameraExport export, CameraExport? next)
    {
        exports.Remove(export.Key);
        if (next is not null)
        {
            exports.Add(next.Key, next);
        }

        if (next?.Status != ExportStatus.Completed)
        {
            Films.Forget(export.ExportId);
        }

        agenda.Set((Duty.GoOn, export.Key), next is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(next.Due));
    }
}

/// <summary>How the cameras are saved.</summary>
internal sealed record SoraCamState(List<Camera> Cameras, Dictionary<string, int> Packs, List<CameraExport> Exports)
{
    /// <summary>In the order of their times.</summary>
    public List<PackChange>? PackChanges { get; init; }

    /// <summary>What is charged for cameras that are gone, by month (yyyyMM).</summary>
    public Dictionary<string, long>? RemovedSeconds { get; init; }
}

/// <summary>Another number of licences from a time on.</summary>
/// <param name="LicenceId">Of which kind.</param>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Before">How many there were until then.</param>
internal sealed record PackChange(string LicenceId, long Time, int Before);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SoraCamState))]
internal sealed partial class SoraCamJson : JsonSerializerContext;
