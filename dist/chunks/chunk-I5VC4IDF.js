import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  bad,
  brokenSection,
  brokerName,
  capLine,
  cardSection,
  code,
  comparisonSection,
  defaultBrokerLine,
  fold,
  heading,
  joined,
  knownSection,
  latencyChart,
  link,
  list,
  measureCell,
  note,
  own,
  paragraph,
  printMarkdown,
  repeatSection,
  sabotageLine,
  say,
  scenariosSection,
  strong,
  table,
  title,
  undecidedSection
} from "./chunk-UT37Z7AI.js";
import {
  attempts,
  capital,
  expectedText,
  findingsOf,
  formatInterval,
  formatScore,
  measuredText,
  ofClients,
  plain,
  text
} from "./chunk-WPWAZIAK.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  round
} from "./chunk-3XBQVNRE.js";
import {
  dimensions,
  severities,
  tiers
} from "./chunk-C2BOSRP4.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  formatProblems
} from "./chunk-EOJIUADP.js";
import {
  ChaosError,
  exitCodes,
  messageOf
} from "./chunk-EV4V3EIO.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-6DG7BXTN.js";

// node_modules/pend/index.js
var require_pend = __commonJS({
  "node_modules/pend/index.js"(exports, module) {
    module.exports = Pend;
    function Pend() {
      this.pending = 0;
      this.max = Infinity;
      this.listeners = [];
      this.waiting = [];
      this.error = null;
    }
    Pend.prototype.go = function(fn) {
      if (this.pending < this.max) {
        pendGo(this, fn);
      } else {
        this.waiting.push(fn);
      }
    };
    Pend.prototype.wait = function(cb) {
      if (this.pending === 0) {
        cb(this.error);
      } else {
        this.listeners.push(cb);
      }
    };
    Pend.prototype.hold = function() {
      return pendHold(this);
    };
    function pendHold(self) {
      self.pending += 1;
      var called = false;
      return onCb;
      function onCb(err) {
        if (called) throw new Error("callback called twice");
        called = true;
        self.error = self.error || err;
        self.pending -= 1;
        if (self.waiting.length > 0 && self.pending < self.max) {
          pendGo(self, self.waiting.shift());
        } else if (self.pending === 0) {
          var listeners = self.listeners;
          self.listeners = [];
          listeners.forEach(cbListener);
        }
      }
      function cbListener(listener) {
        listener(self.error);
      }
    }
    function pendGo(self, fn) {
      fn(pendHold(self));
    }
  }
});

// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJS({
  "node_modules/yauzl/fd-slicer.js"(exports) {
    var fs = __require("fs");
    var util = __require("util");
    var stream = __require("stream");
    var Readable = stream.Readable;
    var PassThrough = stream.PassThrough;
    var Pend = require_pend();
    var EventEmitter = __require("events").EventEmitter;
    exports.BufferSlicer = BufferSlicer;
    exports.FdSlicer = FdSlicer;
    util.inherits(FdSlicer, EventEmitter);
    function FdSlicer(fd) {
      EventEmitter.call(this);
      this.fd = fd;
      this.pend = new Pend();
      this.pend.max = 1;
      this.refCount = 0;
    }
    FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
      var self = this;
      self.pend.go(function(cb) {
        fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer2) {
          cb();
          callback(err, bytesRead, buffer2);
        });
      });
    };
    FdSlicer.prototype.createReadStream = function(options2) {
      return new ReadStream(this, options2);
    };
    FdSlicer.prototype.ref = function() {
      this.refCount += 1;
    };
    FdSlicer.prototype.unref = function() {
      var self = this;
      self.refCount -= 1;
      if (self.refCount < 0) throw new Error("invalid unref");
      if (self.refCount > 0) return;
      fs.close(self.fd, onCloseDone);
      function onCloseDone(err) {
        if (err) {
          self.emit("error", err);
        } else {
          self.emit("close");
        }
      }
    };
    util.inherits(ReadStream, Readable);
    function ReadStream(context, options2) {
      options2 = options2 || {};
      Readable.call(this, options2);
      this.context = context;
      this.context.ref();
      this.start = options2.start || 0;
      this.endOffset = options2.end;
      this.pos = this.start;
    }
    ReadStream.prototype._read = function(n) {
      var self = this;
      var toRead = Math.min(self._readableState.highWaterMark, n);
      if (self.endOffset != null) {
        toRead = Math.min(toRead, self.endOffset - self.pos);
      }
      if (toRead <= 0) {
        self.push(null);
        this._cleanup();
        return;
      }
      self.context.pend.go(function(cb) {
        var buffer = Buffer.allocUnsafe(toRead);
        fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
          if (err) {
            self.destroy(err);
          } else if (bytesRead === 0) {
            self.push(null);
            self._cleanup();
          } else {
            self.pos += bytesRead;
            self.push(buffer.slice(0, bytesRead));
          }
          cb();
        });
      });
    };
    ReadStream.prototype._destroy = function(err, cb) {
      this._cleanup();
      cb(err);
    };
    ReadStream.prototype._cleanup = function() {
      if (this.context != null) {
        this.context.unref();
        this.context = null;
      }
    };
    util.inherits(BufferSlicer, EventEmitter);
    function BufferSlicer(buffer) {
      EventEmitter.call(this);
      this.refCount = 0;
      this.buffer = buffer;
    }
    BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
      if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
      if (position < 0) throw new RangeError("position is negative: " + position);
      if (offset + length > buffer.length) {
        length = buffer.length - offset;
      }
      if (position + length > this.buffer.length) {
        length = this.buffer.length - position;
      }
      if (length <= 0) {
        setImmediate(function() {
          callback(null, 0);
        });
        return;
      }
      this.buffer.copy(buffer, offset, position, position + length);
      setImmediate(function() {
        callback(null, length);
      });
    };
    BufferSlicer.prototype.createReadStream = function(options2) {
      options2 = options2 || {};
      var readStream = new PassThrough(options2);
      readStream.start = options2.start || 0;
      readStream.endOffset = options2.end;
      readStream.pos = readStream.endOffset || this.buffer.length;
      var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
      var maxChunkSize = 65536;
      var offset = 0;
      while (true) {
        var nextOffset = offset + maxChunkSize;
        if (nextOffset >= entireSlice.length) {
          if (offset < entireSlice.length) {
            readStream.write(entireSlice.slice(offset, entireSlice.length));
          }
          break;
        }
        readStream.write(entireSlice.slice(offset, nextOffset));
        offset = nextOffset;
      }
      readStream.end();
      return readStream;
    };
    BufferSlicer.prototype.ref = function() {
      this.refCount += 1;
    };
    BufferSlicer.prototype.unref = function() {
      this.refCount -= 1;
      if (this.refCount < 0) {
        throw new Error("invalid unref");
      }
    };
  }
});

// node_modules/yauzl/crc32.js
var require_crc32 = __commonJS({
  "node_modules/yauzl/crc32.js"(exports, module) {
    var CRC_TABLE = new Int32Array([
      0,
      1996959894,
      3993919788,
      2567524794,
      124634137,
      1886057615,
      3915621685,
      2657392035,
      249268274,
      2044508324,
      3772115230,
      2547177864,
      162941995,
      2125561021,
      3887607047,
      2428444049,
      498536548,
      1789927666,
      4089016648,
      2227061214,
      450548861,
      1843258603,
      4107580753,
      2211677639,
      325883990,
      1684777152,
      4251122042,
      2321926636,
      335633487,
      1661365465,
      4195302755,
      2366115317,
      997073096,
      1281953886,
      3579855332,
      2724688242,
      1006888145,
      1258607687,
      3524101629,
      2768942443,
      901097722,
      1119000684,
      3686517206,
      2898065728,
      853044451,
      1172266101,
      3705015759,
      2882616665,
      651767980,
      1373503546,
      3369554304,
      3218104598,
      565507253,
      1454621731,
      3485111705,
      3099436303,
      671266974,
      1594198024,
      3322730930,
      2970347812,
      795835527,
      1483230225,
      3244367275,
      3060149565,
      1994146192,
      31158534,
      2563907772,
      4023717930,
      1907459465,
      112637215,
      2680153253,
      3904427059,
      2013776290,
      251722036,
      2517215374,
      3775830040,
      2137656763,
      141376813,
      2439277719,
      3865271297,
      1802195444,
      476864866,
      2238001368,
      4066508878,
      1812370925,
      453092731,
      2181625025,
      4111451223,
      1706088902,
      314042704,
      2344532202,
      4240017532,
      1658658271,
      366619977,
      2362670323,
      4224994405,
      1303535960,
      984961486,
      2747007092,
      3569037538,
      1256170817,
      1037604311,
      2765210733,
      3554079995,
      1131014506,
      879679996,
      2909243462,
      3663771856,
      1141124467,
      855842277,
      2852801631,
      3708648649,
      1342533948,
      654459306,
      3188396048,
      3373015174,
      1466479909,
      544179635,
      3110523913,
      3462522015,
      1591671054,
      702138776,
      2966460450,
      3352799412,
      1504918807,
      783551873,
      3082640443,
      3233442989,
      3988292384,
      2596254646,
      62317068,
      1957810842,
      3939845945,
      2647816111,
      81470997,
      1943803523,
      3814918930,
      2489596804,
      225274430,
      2053790376,
      3826175755,
      2466906013,
      167816743,
      2097651377,
      4027552580,
      2265490386,
      503444072,
      1762050814,
      4150417245,
      2154129355,
      426522225,
      1852507879,
      4275313526,
      2312317920,
      282753626,
      1742555852,
      4189708143,
      2394877945,
      397917763,
      1622183637,
      3604390888,
      2714866558,
      953729732,
      1340076626,
      3518719985,
      2797360999,
      1068828381,
      1219638859,
      3624741850,
      2936675148,
      906185462,
      1090812512,
      3747672003,
      2825379669,
      829329135,
      1181335161,
      3412177804,
      3160834842,
      628085408,
      1382605366,
      3423369109,
      3138078467,
      570562233,
      1426400815,
      3317316542,
      2998733608,
      733239954,
      1555261956,
      3268935591,
      3050360625,
      752459403,
      1541320221,
      2607071920,
      3965973030,
      1969922972,
      40735498,
      2617837225,
      3943577151,
      1913087877,
      83908371,
      2512341634,
      3803740692,
      2075208622,
      213261112,
      2463272603,
      3855990285,
      2094854071,
      198958881,
      2262029012,
      4057260610,
      1759359992,
      534414190,
      2176718541,
      4139329115,
      1873836001,
      414664567,
      2282248934,
      4279200368,
      1711684554,
      285281116,
      2405801727,
      4167216745,
      1634467795,
      376229701,
      2685067896,
      3608007406,
      1308918612,
      956543938,
      2808555105,
      3495958263,
      1231636301,
      1047427035,
      2932959818,
      3654703836,
      1088359270,
      936918e3,
      2847714899,
      3736837829,
      1202900863,
      817233897,
      3183342108,
      3401237130,
      1404277552,
      615818150,
      3134207493,
      3453421203,
      1423857449,
      601450431,
      3009837614,
      3294710456,
      1567103746,
      711928724,
      3020668471,
      3272380065,
      1510334235,
      755167117
    ]);
    function crc322(buf) {
      let crc = -1;
      for (let x of buf) {
        crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
      }
      return (crc ^ -1) >>> 0;
    }
    module.exports = crc322;
  }
});

// node_modules/yauzl/index.js
var require_yauzl = __commonJS({
  "node_modules/yauzl/index.js"(exports) {
    var fs = __require("fs");
    var zlib = __require("zlib");
    var fd_slicer = require_fd_slicer();
    var util = __require("util");
    var EventEmitter = __require("events").EventEmitter;
    var Transform = __require("stream").Transform;
    var PassThrough = __require("stream").PassThrough;
    var Writable = __require("stream").Writable;
    var crc322 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
    exports.open = open;
    exports.fromFd = fromFd;
    exports.fromBuffer = fromBuffer;
    exports.fromRandomAccessReader = fromRandomAccessReader;
    exports.openPromise = openPromise;
    exports.fromFdPromise = fromFdPromise;
    exports.fromBufferPromise = fromBufferPromise2;
    exports.fromRandomAccessReaderPromise = fromRandomAccessReaderPromise;
    exports.dosDateTimeToDate = dosDateTimeToDate;
    exports.getFileNameLowLevel = getFileNameLowLevel;
    exports.validateFileName = validateFileName;
    exports.parseExtraFields = parseExtraFields;
    exports.ZipFile = ZipFile;
    exports.Entry = Entry;
    exports.LocalFileHeader = LocalFileHeader;
    exports.RandomAccessReader = RandomAccessReader;
    function openPromise(path, options2) {
      return new Promise((resolve3, reject) => {
        open(path, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve3(zipfile);
        });
      });
    }
    function fromFdPromise(fd, options2) {
      return new Promise((resolve3, reject) => {
        fromFd(fd, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve3(zipfile);
        });
      });
    }
    function fromBufferPromise2(buffer, options2) {
      return new Promise((resolve3, reject) => {
        fromBuffer(buffer, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve3(zipfile);
        });
      });
    }
    function fromRandomAccessReaderPromise(reader, totalSize, options2) {
      return new Promise((resolve3, reject) => {
        fromRandomAccessReader(reader, totalSize, { ...options2, lazyEntries: true }, function(err, zipfile) {
          if (err) return reject(err);
          resolve3(zipfile);
        });
      });
    }
    function open(path, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = true;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      fs.open(path, "r", function(err, fd) {
        if (err) return callback(err);
        fromFd(fd, options2, function(err2, zipfile) {
          if (err2) fs.close(fd, defaultCallback);
          callback(err2, zipfile);
        });
      });
    }
    function fromFd(fd, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = false;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      fs.fstat(fd, function(err, stats) {
        if (err) return callback(err);
        var reader = new fd_slicer.FdSlicer(fd);
        fromRandomAccessReader(reader, stats.size, options2, callback);
      });
    }
    function fromBuffer(buffer, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      options2.autoClose = false;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      var reader = new fd_slicer.BufferSlicer(buffer);
      fromRandomAccessReader(reader, buffer.length, options2, callback);
    }
    function fromRandomAccessReader(reader, totalSize, options2, callback) {
      if (typeof options2 === "function") {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      if (options2.autoClose == null) options2.autoClose = true;
      if (options2.lazyEntries == null) options2.lazyEntries = false;
      if (options2.decodeStrings == null) options2.decodeStrings = true;
      var decodeStrings = !!options2.decodeStrings;
      if (options2.validateEntrySizes == null) options2.validateEntrySizes = true;
      if (options2.strictFileNames == null) options2.strictFileNames = false;
      if (callback == null) callback = defaultCallback;
      if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
      if (totalSize > Number.MAX_SAFE_INTEGER) {
        throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
      }
      reader.ref();
      var eocdrWithoutCommentSize = 22;
      var zip64EocdlSize = 20;
      var maxCommentSize = 65535;
      var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + maxCommentSize, totalSize);
      var buffer = newBuffer(bufferSize);
      var bufferReadStart = totalSize - buffer.length;
      readAndAssertNoEof(reader, buffer, 0, bufferSize, bufferReadStart, function(err) {
        if (err) return callback(err);
        for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
          if (buffer.readUInt32LE(i) !== 101010256) continue;
          var eocdrBuffer = buffer.subarray(i);
          var diskNumber = eocdrBuffer.readUInt16LE(4);
          var entryCount = eocdrBuffer.readUInt16LE(10);
          var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
          var commentLength = eocdrBuffer.readUInt16LE(20);
          var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
          if (commentLength !== expectedCommentLength) {
            return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK\u263A\u263B` in the comment?"));
          }
          var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
          if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
            var zip64EocdlBuffer = buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize);
            var zip64EocdrOffset = readUInt64LE(zip64EocdlBuffer, 8);
            var zip64EocdrBuffer = newBuffer(56);
            return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err2) {
              if (err2) return callback(err2);
              if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) {
                return callback(new Error("invalid zip64 end of central directory record signature"));
              }
              diskNumber = zip64EocdrBuffer.readUInt32LE(16);
              if (diskNumber !== 0) {
                return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
              }
              entryCount = readUInt64LE(zip64EocdrBuffer, 32);
              centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
              return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
            });
          }
          if (diskNumber !== 0) {
            return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
          }
          return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options2.autoClose, options2.lazyEntries, decodeStrings, options2.validateEntrySizes, options2.strictFileNames));
        }
        callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
      });
    }
    util.inherits(ZipFile, EventEmitter);
    function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
      var self = this;
      EventEmitter.call(self);
      self.reader = reader;
      self.reader.on("error", function(err) {
        emitError(self, err);
      });
      self.reader.once("close", function() {
        self.emit("close");
      });
      self.readEntryCursor = centralDirectoryOffset;
      self.fileSize = fileSize;
      self.entryCount = entryCount;
      self.comment = comment;
      self.entriesRead = 0;
      self.autoClose = !!autoClose;
      self.lazyEntries = !!lazyEntries;
      self.decodeStrings = !!decodeStrings;
      self.validateEntrySizes = !!validateEntrySizes;
      self.strictFileNames = !!strictFileNames;
      self.isOpen = true;
      self.emittedError = false;
      self.hasEachEntryBeenCalled = false;
      if (!self.lazyEntries) self._readEntry();
    }
    ZipFile.prototype.close = function() {
      if (!this.isOpen) return;
      this.isOpen = false;
      this.reader.unref();
    };
    function emitErrorAndAutoClose(self, err) {
      if (self.autoClose) self.close();
      emitError(self, err);
    }
    function emitError(self, err) {
      if (self.emittedError) return;
      self.emittedError = true;
      self.emit("error", err);
    }
    ZipFile.prototype.readEntry = function() {
      if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
      this._readEntry();
    };
    ZipFile.prototype._readEntry = function() {
      var self = this;
      if (self.entryCount === self.entriesRead) {
        setImmediate(function() {
          if (self.autoClose) self.close();
          if (self.emittedError) return;
          self.emit("end");
        });
        return;
      }
      if (self.emittedError) return;
      var buffer = newBuffer(46);
      readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
        if (err) return emitErrorAndAutoClose(self, err);
        if (self.emittedError) return;
        var entry = new Entry();
        var signature = buffer.readUInt32LE(0);
        if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
        entry.versionMadeBy = buffer.readUInt16LE(4);
        entry.versionNeededToExtract = buffer.readUInt16LE(6);
        entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
        entry.compressionMethod = buffer.readUInt16LE(10);
        entry.lastModFileTime = buffer.readUInt16LE(12);
        entry.lastModFileDate = buffer.readUInt16LE(14);
        entry.crc32 = buffer.readUInt32LE(16);
        entry.compressedSize = buffer.readUInt32LE(20);
        entry.uncompressedSize = buffer.readUInt32LE(24);
        entry.fileNameLength = buffer.readUInt16LE(28);
        entry.extraFieldLength = buffer.readUInt16LE(30);
        entry.fileCommentLength = buffer.readUInt16LE(32);
        entry.internalFileAttributes = buffer.readUInt16LE(36);
        entry.externalFileAttributes = buffer.readUInt32LE(38);
        entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
        if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
        self.readEntryCursor += 46;
        buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
        readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err2) {
          if (err2) return emitErrorAndAutoClose(self, err2);
          if (self.emittedError) return;
          entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
          var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
          entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
          entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
          try {
            entry.extraFields = parseExtraFields(entry.extraFieldRaw);
          } catch (err3) {
            return emitErrorAndAutoClose(self, err3);
          }
          if (self.decodeStrings) {
            var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
            entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
            entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
            var errorMessage = validateFileName(entry.fileName);
            if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
          } else {
            entry.fileComment = entry.fileCommentRaw;
            entry.fileName = entry.fileNameRaw;
          }
          entry.comment = entry.fileComment;
          self.readEntryCursor += buffer.length;
          self.entriesRead += 1;
          for (var i = 0; i < entry.extraFields.length; i++) {
            var extraField = entry.extraFields[i];
            if (extraField.id !== 1) continue;
            var zip64EiefBuffer = extraField.data;
            var index = 0;
            if (entry.uncompressedSize === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
              }
              entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            if (entry.compressedSize === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
              }
              entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            if (entry.relativeOffsetOfLocalHeader === 4294967295) {
              if (index + 8 > zip64EiefBuffer.length) {
                return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
              }
              entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
              index += 8;
            }
            break;
          }
          if (self.validateEntrySizes && entry.compressionMethod === 0) {
            var expectedCompressedSize = entry.uncompressedSize;
            if (entry.isEncrypted()) {
              expectedCompressedSize += 12;
            }
            if (entry.compressedSize !== expectedCompressedSize) {
              var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
              return emitErrorAndAutoClose(self, new Error(msg));
            }
          }
          self.emit("entry", entry);
          if (!self.lazyEntries) self._readEntry();
        });
      });
    };
    ZipFile.prototype.eachEntry = function() {
      const self = this;
      if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
      if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
      self.hasEachEntryBeenCalled = true;
      let pendingResolveReject = null;
      self.on("entry", onEntry);
      self.on("end", onEnd);
      self.on("error", onError);
      function cleanup() {
        self.removeListener("entry", onEntry);
        self.removeListener("end", onEnd);
        self.removeListener("error", onError);
        if (self.autoClose) self.close();
      }
      function onEntry(entry) {
        let { resolve: resolve3 } = pendingResolveReject;
        pendingResolveReject = null;
        resolve3({ value: entry });
      }
      function onEnd() {
        let { resolve: resolve3 } = pendingResolveReject;
        pendingResolveReject = null;
        cleanup();
        resolve3({ done: true });
      }
      function onError(err) {
        let { reject } = pendingResolveReject;
        pendingResolveReject = null;
        cleanup();
        reject(err);
      }
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        next() {
          const promise = new Promise((resolve3, reject) => {
            if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
            pendingResolveReject = { resolve: resolve3, reject };
          });
          self.readEntry();
          return promise;
        },
        return(value) {
          cleanup();
          return Promise.resolve({ done: true, value });
        },
        throw(value) {
          cleanup();
          return Promise.reject(value);
        }
      };
    };
    ZipFile.prototype.openReadStream = function(entry, options2, callback) {
      var self = this;
      var relativeStart = 0;
      var relativeEnd = entry.compressedSize;
      if (callback == null) {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) {
        options2 = {};
      } else {
        if (options2.decodeFileData === false) {
          if (options2.decrypt != null) {
            throw new Error("cannot use options.decrypt when options.decodeFileData === false");
          }
          if (options2.decompress != null) {
            throw new Error("cannot use options.decompress when options.decodeFileData === false");
          }
        } else {
          if (options2.decrypt != null) {
            if (!entry.isEncrypted()) {
              throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
            }
            if (options2.decrypt !== false) throw new Error("invalid options.decrypt value: " + options2.decrypt);
            if (entry.isCompressed()) {
              if (options2.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
            }
          }
          if (options2.decompress != null) {
            if (!entry.isCompressed()) {
              throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
            }
            if (!(options2.decompress === false || options2.decompress === true)) {
              throw new Error("invalid options.decompress value: " + options2.decompress);
            }
            decompress = options2.decompress;
          }
        }
        if (options2.start != null) {
          relativeStart = options2.start;
          if (relativeStart < 0) throw new Error("options.start < 0");
          if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
        }
        if (options2.end != null) {
          relativeEnd = options2.end;
          if (relativeEnd < 0) throw new Error("options.end < 0");
          if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
          if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
        }
      }
      var rawMode = options2.decodeFileData === false || // Explicitly requested raw.
      (entry.compressionMethod === 0 || // Naturally without compression.
      entry.compressionMethod === 8 && options2.decompress === false) && (!entry.isEncrypted() || // Naturally without encryption.
      options2.decrypt === false);
      if (options2.start != null || options2.end != null) {
        if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
      }
      if (!self.isOpen) return callback(new Error("closed"));
      if (entry.isEncrypted() && !rawMode) {
        if (options2.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
      }
      var decompress;
      if (rawMode) {
        decompress = false;
      } else if (entry.compressionMethod === 8) {
        decompress = options2.decodeFileData !== true;
      } else {
        return callback(new Error("unsupported compression method: " + entry.compressionMethod));
      }
      self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
        if (err) return callback(err);
        self.openReadStreamLowLevel(
          localFileHeader.fileDataStart,
          entry.compressedSize,
          relativeStart,
          relativeEnd,
          decompress,
          entry.uncompressedSize,
          callback
        );
      });
    };
    ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
      var self = this;
      var fileDataEnd = fileDataStart + compressedSize;
      var readStream = self.reader.createReadStream({
        start: fileDataStart + relativeStart,
        end: fileDataStart + relativeEnd
      });
      var endpointStream = readStream;
      if (decompress) {
        var destroyed = false;
        var inflateFilter = zlib.createInflateRaw();
        readStream.on("error", function(err) {
          setImmediate(function() {
            if (!destroyed) inflateFilter.emit("error", err);
          });
        });
        readStream.pipe(inflateFilter);
        if (self.validateEntrySizes) {
          endpointStream = new AssertByteCountStream(uncompressedSize);
          inflateFilter.on("error", function(err) {
            setImmediate(function() {
              if (!destroyed) endpointStream.emit("error", err);
            });
          });
          inflateFilter.pipe(endpointStream);
        } else {
          endpointStream = inflateFilter;
        }
        installDestroyFn(endpointStream, function() {
          destroyed = true;
          if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
          readStream.unpipe(inflateFilter);
          readStream.destroy();
        });
      }
      callback(null, endpointStream);
    };
    ZipFile.prototype.readLocalFileHeader = function(entry, options2, callback) {
      var self = this;
      if (callback == null) {
        callback = options2;
        options2 = null;
      }
      if (options2 == null) options2 = {};
      self.reader.ref();
      var buffer = newBuffer(30);
      readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
        try {
          if (err) return callback(err);
          var signature = buffer.readUInt32LE(0);
          if (signature !== 67324752) {
            return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
          }
          var fileNameLength = buffer.readUInt16LE(26);
          var extraFieldLength = buffer.readUInt16LE(28);
          var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
          if (fileDataStart + entry.compressedSize > self.fileSize) {
            return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
          }
          if (options2.minimal) {
            return callback(null, { fileDataStart });
          }
          var localFileHeader = new LocalFileHeader();
          localFileHeader.fileDataStart = fileDataStart;
          localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
          localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
          localFileHeader.compressionMethod = buffer.readUInt16LE(8);
          localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
          localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
          localFileHeader.crc32 = buffer.readUInt32LE(14);
          localFileHeader.compressedSize = buffer.readUInt32LE(18);
          localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
          localFileHeader.fileNameLength = fileNameLength;
          localFileHeader.extraFieldLength = extraFieldLength;
          buffer = newBuffer(fileNameLength + extraFieldLength);
          self.reader.ref();
          readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err2) {
            try {
              if (err2) return callback(err2);
              localFileHeader.fileName = buffer.subarray(0, fileNameLength);
              localFileHeader.extraField = buffer.subarray(fileNameLength);
              return callback(null, localFileHeader);
            } finally {
              self.reader.unref();
            }
          });
        } finally {
          self.reader.unref();
        }
      });
    };
    ZipFile.prototype.openReadStreamPromise = function(entry, options2) {
      return new Promise((resolve3, reject) => {
        this.openReadStream(entry, options2, function(err, readStream) {
          if (err) return reject(err);
          resolve3(readStream);
        });
      });
    };
    ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
      return new Promise((resolve3, reject) => {
        this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
          if (err) return reject(err);
          resolve3(readStream);
        });
      });
    };
    ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options2) {
      return new Promise((resolve3, reject) => {
        this.readLocalFileHeader(entry, options2, function(err, localFileHeader) {
          if (err) return reject(err);
          resolve3(localFileHeader);
        });
      });
    };
    function Entry() {
    }
    Entry.prototype.getLastModDate = function(options2) {
      if (options2 == null) options2 = {};
      if (!options2.forceDosFormat) {
        for (var i = 0; i < this.extraFields.length; i++) {
          var extraField = this.extraFields[i];
          if (extraField.id === 21589) {
            var data = extraField.data;
            if (data.length < 5) continue;
            var flags = data[0];
            var HAS_MTIME = 1;
            if (!(flags & HAS_MTIME)) continue;
            var posixTimestamp = data.readInt32LE(1);
            return new Date(posixTimestamp * 1e3);
          } else if (extraField.id === 10) {
            var data = extraField.data;
            if (data.length !== 32) continue;
            if (data.readUInt16LE(4) !== 1) continue;
            if (data.readUInt16LE(6) !== 24) continue;
            var hundredNanoSecondsSince1601 = data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12);
            var millisecondsSince1970 = hundredNanoSecondsSince1601 / 1e4 - 116444736e5;
            return new Date(millisecondsSince1970);
          }
        }
      }
      return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options2.timezone);
    };
    Entry.prototype.canDecodeFileData = function() {
      return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
    };
    Entry.prototype.isEncrypted = function() {
      return (this.generalPurposeBitFlag & 1) !== 0;
    };
    Entry.prototype.isCompressed = function() {
      return this.compressionMethod === 8;
    };
    function LocalFileHeader() {
    }
    function dosDateTimeToDate(date, time, timezone) {
      var day = date & 31;
      var month = (date >> 5 & 15) - 1;
      var year = (date >> 9 & 127) + 1980;
      var millisecond = 0;
      var second = (time & 31) * 2;
      var minute = time >> 5 & 63;
      var hour = time >> 11 & 31;
      if (timezone == null || timezone === "local") {
        return new Date(year, month, day, hour, minute, second, millisecond);
      } else if (timezone === "UTC") {
        return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
      } else {
        throw new Error("unrecognized options.timezone: " + options.timezone);
      }
    }
    function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
      var fileName = null;
      for (var i = 0; i < extraFields.length; i++) {
        var extraField = extraFields[i];
        if (extraField.id === 28789) {
          if (extraField.data.length < 6) {
            continue;
          }
          if (extraField.data.readUInt8(0) !== 1) {
            continue;
          }
          var oldNameCrc32 = extraField.data.readUInt32LE(1);
          if (crc322(fileNameBuffer) !== oldNameCrc32) {
            continue;
          }
          fileName = decodeBuffer(extraField.data.subarray(5), true);
          break;
        }
      }
      if (fileName == null) {
        var isUtf8 = (generalPurposeBitFlag & 2048) !== 0;
        fileName = decodeBuffer(fileNameBuffer, isUtf8);
      }
      if (!strictFileNames) {
        fileName = fileName.replace(/\\/g, "/");
      }
      return fileName;
    }
    function validateFileName(fileName) {
      if (fileName.indexOf("\\") !== -1) {
        return "invalid characters in fileName: " + fileName;
      }
      if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) {
        return "absolute path: " + fileName;
      }
      if (fileName.split("/").indexOf("..") !== -1) {
        return "invalid relative path: " + fileName;
      }
      return null;
    }
    function parseExtraFields(extraFieldBuffer) {
      var extraFields = [];
      var i = 0;
      while (i < extraFieldBuffer.length - 3) {
        var headerId = extraFieldBuffer.readUInt16LE(i + 0);
        var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
        var dataStart = i + 4;
        var dataEnd = dataStart + dataSize;
        if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
        var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
        extraFields.push({
          id: headerId,
          data: dataBuffer
        });
        i = dataEnd;
      }
      return extraFields;
    }
    function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
      if (length === 0) {
        return setImmediate(function() {
          callback(null, newBuffer(0));
        });
      }
      reader.read(buffer, offset, length, position, function(err, bytesRead) {
        if (err) return callback(err);
        if (bytesRead < length) {
          return callback(new Error("unexpected EOF"));
        }
        callback();
      });
    }
    util.inherits(AssertByteCountStream, Transform);
    function AssertByteCountStream(byteCount) {
      Transform.call(this);
      this.actualByteCount = 0;
      this.expectedByteCount = byteCount;
    }
    AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
      this.actualByteCount += chunk.length;
      if (this.actualByteCount > this.expectedByteCount) {
        var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
        return cb(new Error(msg));
      }
      cb(null, chunk);
    };
    AssertByteCountStream.prototype._flush = function(cb) {
      if (this.actualByteCount < this.expectedByteCount) {
        var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
        return cb(new Error(msg));
      }
      cb();
    };
    util.inherits(RandomAccessReader, EventEmitter);
    function RandomAccessReader() {
      EventEmitter.call(this);
      this.refCount = 0;
    }
    RandomAccessReader.prototype.ref = function() {
      this.refCount += 1;
    };
    RandomAccessReader.prototype.unref = function() {
      var self = this;
      self.refCount -= 1;
      if (self.refCount > 0) return;
      if (self.refCount < 0) throw new Error("invalid unref");
      self.close(onCloseDone);
      function onCloseDone(err) {
        if (err) return self.emit("error", err);
        self.emit("close");
      }
    };
    RandomAccessReader.prototype.createReadStream = function(options2) {
      if (options2 == null) options2 = {};
      var start = options2.start;
      var end = options2.end;
      if (start === end) {
        var emptyStream = new PassThrough();
        setImmediate(function() {
          emptyStream.end();
        });
        return emptyStream;
      }
      var stream = this._readStreamForRange(start, end);
      var destroyed = false;
      var refUnrefFilter = new RefUnrefFilter(this);
      stream.on("error", function(err) {
        setImmediate(function() {
          if (!destroyed) refUnrefFilter.emit("error", err);
        });
      });
      installDestroyFn(refUnrefFilter, function() {
        stream.unpipe(refUnrefFilter);
        refUnrefFilter.unref();
        stream.destroy();
      });
      var byteCounter = new AssertByteCountStream(end - start);
      refUnrefFilter.on("error", function(err) {
        setImmediate(function() {
          if (!destroyed) byteCounter.emit("error", err);
        });
      });
      installDestroyFn(byteCounter, function() {
        destroyed = true;
        refUnrefFilter.unpipe(byteCounter);
        refUnrefFilter.destroy();
      });
      return stream.pipe(refUnrefFilter).pipe(byteCounter);
    };
    RandomAccessReader.prototype._readStreamForRange = function(start, end) {
      throw new Error("not implemented");
    };
    RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
      var readStream = this.createReadStream({ start: position, end: position + length });
      var writeStream = new Writable();
      var written = 0;
      writeStream._write = function(chunk, encoding, cb) {
        chunk.copy(buffer, offset + written, 0, chunk.length);
        written += chunk.length;
        cb();
      };
      writeStream.on("finish", callback);
      readStream.on("error", function(error) {
        callback(error);
      });
      readStream.pipe(writeStream);
    };
    RandomAccessReader.prototype.close = function(callback) {
      setImmediate(callback);
    };
    util.inherits(RefUnrefFilter, PassThrough);
    function RefUnrefFilter(context) {
      PassThrough.call(this);
      this.context = context;
      this.context.ref();
      this.unreffedYet = false;
    }
    RefUnrefFilter.prototype._flush = function(cb) {
      this.unref();
      cb();
    };
    RefUnrefFilter.prototype.unref = function(cb) {
      if (this.unreffedYet) return;
      this.unreffedYet = true;
      this.context.unref();
    };
    var cp437 = "\0\u263A\u263B\u2665\u2666\u2663\u2660\u2022\u25D8\u25CB\u25D9\u2642\u2640\u266A\u266B\u263C\u25BA\u25C4\u2195\u203C\xB6\xA7\u25AC\u21A8\u2191\u2193\u2192\u2190\u221F\u2194\u25B2\u25BC !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u2302\xC7\xFC\xE9\xE2\xE4\xE0\xE5\xE7\xEA\xEB\xE8\xEF\xEE\xEC\xC4\xC5\xC9\xE6\xC6\xF4\xF6\xF2\xFB\xF9\xFF\xD6\xDC\xA2\xA3\xA5\u20A7\u0192\xE1\xED\xF3\xFA\xF1\xD1\xAA\xBA\xBF\u2310\xAC\xBD\xBC\xA1\xAB\xBB\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255D\u255C\u255B\u2510\u2514\u2534\u252C\u251C\u2500\u253C\u255E\u255F\u255A\u2554\u2569\u2566\u2560\u2550\u256C\u2567\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256B\u256A\u2518\u250C\u2588\u2584\u258C\u2590\u2580\u03B1\xDF\u0393\u03C0\u03A3\u03C3\xB5\u03C4\u03A6\u0398\u03A9\u03B4\u221E\u03C6\u03B5\u2229\u2261\xB1\u2265\u2264\u2320\u2321\xF7\u2248\xB0\u2219\xB7\u221A\u207F\xB2\u25A0\xA0";
    function decodeBuffer(buffer, isUtf8) {
      if (isUtf8) {
        return buffer.toString("utf8");
      } else {
        var result = "";
        for (var i = 0; i < buffer.length; i++) {
          result += cp437[buffer[i]];
        }
        return result;
      }
    }
    function readUInt64LE(buffer, offset) {
      var lower32 = buffer.readUInt32LE(offset);
      var upper32 = buffer.readUInt32LE(offset + 4);
      return upper32 * 4294967296 + lower32;
    }
    var newBuffer;
    if (typeof Buffer.allocUnsafe === "function") {
      newBuffer = function(len) {
        return Buffer.allocUnsafe(len);
      };
    } else {
      newBuffer = function(len) {
        return new Buffer(len);
      };
    }
    function installDestroyFn(stream, fn) {
      if (typeof stream.destroy === "function") {
        stream._destroy = function(err, cb) {
          fn();
          if (cb != null) cb(err);
        };
      } else {
        stream.destroy = fn;
      }
    }
    function defaultCallback(err) {
      if (err) throw err;
    }
  }
});

// src/action/explain.ts
import { resolve as resolve2 } from "node:path";

// src/report/join-within.ts
var gap = "\n\n";
function joinWithin(pieces, mostBytes3) {
  const sizes = pieces.map(({ text: text2 }) => Buffer.byteLength(text2) + gap.length);
  let size = sizes.reduce((sum, one) => sum + one, 0);
  const order = pieces.map(({ rank }, index) => ({ rank, index })).toSorted((a, b) => b.rank - a.rank || b.index - a.index);
  const dropped = /* @__PURE__ */ new Set();
  for (const { index } of order) {
    if (size + Buffer.byteLength(note2(dropped.size)) < mostBytes3) break;
    dropped.add(index);
    size -= sizes[index] ?? 0;
  }
  const kept = pieces.filter((_, index) => !dropped.has(index)).map(({ text: text2 }) => text2);
  if (kept.length > 0 || pieces.length === 0)
    return `${[...kept, ...dropped.size === 0 ? [] : [note2(dropped.size)]].join(gap)}
`;
  const first = Buffer.from(pieces[0]?.text ?? "");
  return `${new TextDecoder().decode(first.subarray(0, mostBytes3 - 8), { stream: true })}
`;
}
function note2(dropped) {
  if (dropped === 0) return "";
  return `*${dropped === 1 ? "One section is" : `${dropped} sections are`} left out here because there is no space; the report has all.*`;
}

// src/report/step-summary.ts
var mostBytes = 1e6;
var openCharts = 2;
function renderStepSummary(record, { against, links = {} } = {}) {
  const ranked = [
    [0, cardSection(record)],
    [0, linksPart(links)],
    // The evidence of the last violation goes before that of the first.
    [3, [...brokenSection(record, { examples: 3, lifelines: 3, commands: true }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, againstPart(against)],
    [1, scenariosSection(record)],
    [4, latencySection(record)],
    [2, repeatSection(record)]
  ];
  const pieces = ranked.flatMap(([rank, blocks]) => printMarkdown(blocks).map((text2) => ({ text: text2, rank })));
  return joinWithin(pieces, mostBytes);
}
function latencySection({ scenarios }) {
  const drawn = scenarios.filter((scenario2) => latencyChart(scenario2) !== void 0).toSorted((a, b) => urgency(a) - urgency(b));
  if (drawn.length === 0) return [];
  return [
    heading(say`Latency over time`),
    ...drawn.flatMap((scenario2, index) => {
      const name = say`${scenario2.name}: ${scenario2.title}`;
      const chart = { type: "charts", scenario: scenario2 };
      return index < openCharts ? [title(name), chart] : [fold(name, [chart])];
    })
  ];
}
function renderFailure(what, problems) {
  const blocks = [paragraph(say`${what}`), list(problems.map((problem) => say`${problem}`))];
  return `${["# ERROR: the run could not be made", ...printMarkdown(blocks)].join("\n\n")}
`;
}
function linksPart({ artifact, html, run }) {
  const links = [
    ...html === void 0 ? [] : [link(html, "Report with charts")],
    ...artifact === void 0 ? [] : [link(artifact, "All reports, logs and metrics")],
    ...run === void 0 ? [] : [link(run, "Workflow run")]
  ];
  return links.length === 0 ? [] : [paragraph(joined(links, " \xB7 "))];
}
function againstPart(against) {
  if (against === void 0) return [];
  if (against.kind === "none") return [paragraph(say`Not compared with a base: ${against.why}.`)];
  return [
    ...comparisonSection(against.comparison, { scenarios: "changed" }),
    paragraph(say`The base is ${against.label}.`)
  ];
}
function urgency({ verdict: verdict2 }) {
  return { fail: 0, inconclusive: 1, pass: 2, skipped: 3 }[verdict2];
}

// src/action/annotations.ts
import { isAbsolute, relative, resolve } from "node:path";
var mostAnnotations = 10;
function annotationsOf(record, places) {
  const { violations, crashes, expectations, unhealed, undecided, gone } = findingsOf(record);
  const scenarioOf = (name) => places.scenarios.find((scenario2) => scenario2.name === name);
  const at = (location) => place(location, places);
  return [
    ...violations.map(
      ({ scenario: { name }, found: { invariant, statement, count: count2, examples } }) => ({
        level: "error",
        title: `${invariant} violated in ${name}`,
        message: `${plural(count2, "violation")} of ${invariant}: ${examples[0]?.what ?? statement} (seed ${record.seed})`,
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...crashes.map(
      ({ scenario: { name }, found: { node, how, lastLines } }) => ({
        level: "error",
        title: `${node} ended by itself in ${name}`,
        message: [`${node} ${how}`, ...lastLines.slice(-3)].join("\n"),
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...expectations.map(
      ({ scenario: scenario2, found }) => ({
        level: "error",
        title: `${found.name} of ${scenario2.name} broken`,
        message: `${found.name} was ${measuredText(scenario2, found)}, expected ${expectedText(found)}`,
        ...at(scenarioOf(scenario2.name)?.expectLocations[found.name])
      })
    ),
    ...unhealed.map(
      ({ scenario: { name }, found: { kind, target } }) => ({
        level: "error",
        title: `${kind} was not healed in ${name}`,
        message: `${kind} on ${target} was not healed`,
        ...at(scenarioOf(name)?.faults.find((fault2) => fault2.kind === kind)?.location)
      })
    ),
    ...undecided.map(
      ({ name, verdict: verdict2, reason }) => ({
        level: "warning",
        title: `${name} ${verdict2}`,
        message: reason,
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...gone.map(
      ({ invariant, scenario: scenario2, limitedTo, why }) => ({
        level: "notice",
        title: `Known issue not seen: ${invariant}`,
        message: `${invariant}${scenario2 === null ? "" : ` in ${scenario2}`}${ofClients({ limitedTo })} did not happen (${why}); if that holds, take it out of known-issues`,
        ...at(void 0)
      })
    )
  ];
}
function capped(annotations) {
  const rank = { error: 0, warning: 1, notice: 2 };
  const sorted = annotations.toSorted((a, b) => rank[a.level] - rank[b.level]);
  if (sorted.length <= mostAnnotations) return sorted;
  const left = sorted.slice(mostAnnotations - 1);
  const title3 = `${plural(left.length, "more finding")}`;
  return [
    ...sorted.slice(0, mostAnnotations - 1),
    { level: left[0]?.level ?? "notice", title: title3, message: "the job summary and the report have them all" }
  ];
}
function inRepository(location, workspace) {
  const file = relative(workspace, location.file);
  if (file === "" || file.startsWith("..") || isAbsolute(file)) return {};
  return { file, ...location.line === void 0 ? {} : { line: location.line } };
}
function place(location, { cwd, workspace, config }) {
  const own2 = location === void 0 ? {} : inRepository({ ...location, file: resolve(cwd, location.file) }, workspace);
  if (own2.file !== void 0 || config === void 0) return own2;
  return inRepository({ file: resolve(cwd, config), line: 1 }, workspace);
}

// src/action/explain.ts
async function explainFailure(error, { cwd, workspace }, workflow) {
  const problems = problemsOf(error);
  const lines = formatProblems(problems);
  const exitCode = error instanceof ChaosError ? error.exitCode : exitCodes.infrastructure;
  for (const line of lines) workflow.info(line);
  if (error instanceof ChaosError) for (const line of error.output) workflow.info(`  | ${line}`);
  else if (error instanceof Error && error.stack !== void 0) workflow.info(error.stack);
  const annotations = problems.map(
    ({ message, hint, location }) => ({
      level: "error",
      title: exitCode === exitCodes.usage ? "Configuration" : "chaos-action",
      message: hint === void 0 ? message : `${message}
${hint}`,
      ...location === void 0 ? {} : inRepository({ ...location, file: resolve2(cwd, location.file) }, workspace)
    })
  );
  for (const annotation of capped(annotations)) workflow.annotate(annotation);
  await workflow.summarize(
    renderFailure(
      messageOf(error),
      lines.map((line) => line.trim())
    )
  );
  return exitCode;
}
function problemsOf(error) {
  if (!(error instanceof ChaosError))
    return [{ message: messageOf(error), hint: "this is a defect of chaos-action: please report it with the log" }];
  if (error.problems.length > 0) return error.problems;
  const { message, hint, location } = error;
  return [{ message, ...hint === void 0 ? {} : { hint }, ...location === void 0 ? {} : { location } }];
}

// src/action/octokit.ts
import { getOctokit } from "#vendor/github.js";
import { retry } from "#vendor/octokit-retry.js";
var callWithinMs = 1e4;
function openOctokit(token, baseUrl = process.env.GITHUB_API_URL) {
  return getOctokit(
    token,
    {
      ...baseUrl ? { baseUrl } : {},
      retry: { retries: 2 },
      // Warnings of the libraries about deprecated calls are not for the reader of a workflow's log.
      log: { debug() {
      }, info() {
      }, warn() {
      }, error() {
      } },
      request: {
        fetch: (url, init = {}) => fetch(url, { ...init, signal: AbortSignal.timeout(callWithinMs) })
      }
    },
    retry
  );
}
function statusOf(error) {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : void 0;
  return typeof status === "number" ? status : void 0;
}

// src/action/trigger.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "#vendor/zod.js";
var pullRequestSchema = z.object({
  number: z.int().positive(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() })
});
var payloadSchema = z.object({
  schedule: z.string().optional().catch(void 0),
  pull_request: pullRequestSchema.optional().catch(void 0)
});
function readTrigger(env) {
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const { schedule, pull_request: pull } = payloadSchema.catch({}).parse(payload);
  const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
  return {
    event: env.GITHUB_EVENT_NAME ?? "",
    payload,
    schedule,
    owner,
    repo,
    runId: Number(env.GITHUB_RUN_ID ?? 0),
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
    workflow: env.GITHUB_WORKFLOW ?? "",
    workflowFile: /([^/@]+?)(?:\.ya?ml)?@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? "",
    job: env.GITHUB_JOB ?? "",
    nth: /^__.*_(\d+)$/.exec(env.GITHUB_ACTION ?? "")?.[1],
    sha: pull?.head.sha ?? env.GITHUB_SHA ?? "",
    branch: env.GITHUB_REF?.startsWith("refs/heads/") ? env.GITHUB_REF.slice("refs/heads/".length) : void 0,
    pullRequest: pull ? { number: pull.number, headSha: pull.head.sha, baseRef: pull.base.ref, baseSha: pull.base.sha } : void 0,
    serverUrl: env.GITHUB_SERVER_URL ?? "https://github.com",
    workspace: env.GITHUB_WORKSPACE ?? process.cwd()
  };
}
function runUrl({ serverUrl, owner, repo, runId }) {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}
function identityOf({ workflowFile, job, nth }, matrix) {
  const values = [...matrix, ...nth === void 0 ? [] : [nth]];
  return [
    // A dot in the file's name is replaced, like all characters that do not fit. A digest keeps the name unique.
    ...workflowFile === "" ? [] : [nameOf([workflowFile.replaceAll(".", " ")], false)],
    nameOf([job || "chaos"], false),
    ...values.length === 0 ? [] : [
      nameOf(
        values,
        values.some((value) => value.includes("-"))
      )
    ]
  ].join(".");
}
function legName(job, matrix) {
  return nameOf([job || "chaos", ...matrix], matrix.length > 1 && matrix.some((value) => value.includes("-")));
}
function nameOf(parts, isAmbiguous) {
  const raw = parts.join("-");
  const name = raw.replaceAll(/[^\w.-]+/g, "-").replaceAll(/-{2,}/g, "-").replaceAll(/^-|-$/g, "").slice(0, 80);
  if (name === raw && !isAmbiguous) return name;
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
  return name === "" ? digest : `${name}-${digest}`;
}
function readPayload(file) {
  if (file === void 0 || file === "") return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

// src/report/comment.ts
var mostBytes2 = 6e4;
var marks = { pass: "\u2705", fail: "\u274C", inconclusive: "\u26A0\uFE0F", skipped: "\u26A0\uFE0F" };
function renderComment(record, options2) {
  const { marker: marker2, against, links = {}, foreign = false } = options2;
  const ranked = [
    [0, resultPart(record, options2)],
    [1, capLine(record.cap).map(note)],
    [3, [...brokenSection(record, { examples: 3, lifelines: 1, commands: !foreign }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, isUnchanged(against) ? [] : againstPart(against)],
    [1, scenariosPart(record)],
    [0, linksPart(links)],
    [0, [paragraph(joined(aboutRun(record, options2), " \xB7 "), "small")]],
    [4, foreign ? [] : [fold(say`How to repeat it`, [{ type: "command", command: record.command }])]]
  ];
  const pieces = ranked.flatMap(
    ([rank, blocks]) => printMarkdown(blocks, { level: 3 }).map((text2) => ({ text: text2, rank }))
  );
  return joinWithin([{ text: `${marker2}
## ${title2(record, options2.leg)}`, rank: 0 }, ...pieces], mostBytes2);
}
function resultPart(record, { against, remark }) {
  const { broker, error } = record;
  return [
    paragraph(joined([...intervalAndChange(record, against), ...faultsProven(record)], " ")),
    ...sabotageLine(record.sabotage).map(note),
    ...defaultBrokerLine(broker).map(note),
    ...remark === void 0 ? [] : [note(say`${remark}.`)],
    ...error === null ? [] : [
      note(
        say`${strong(say`The run was interrupted:`)} ${error.message}. What follows covers only what was done until then.`
      )
    ]
  ];
}
function aboutRun({ broker, tiers: tiers2, durationMs }, { sha }) {
  return [
    brokerName(broker),
    own(plural(broker.nodes, "node")),
    own(`tier ${tiers2.join(", ")}`),
    own(formatMs(durationMs)),
    ...sha === void 0 ? [] : [say`commit ${sha.slice(0, 7)}`]
  ];
}
function isUnchanged(against) {
  if (against?.kind !== "base") return false;
  const { total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = against.comparison;
  const lists = [appeared, stayed, gone, onlyInBase, onlyInHead, caveats];
  return [total, ...scenarios].every(({ call }) => call === "same") && lists.every((list3) => list3.length === 0);
}
function title2(record, leg) {
  const mark = record.error === null ? marks[record.verdict] : "\u274C";
  const verdict2 = record.error === null ? record.verdict.toUpperCase() : record.error.code === "cancelled" ? "CANCELLED" : "ERROR";
  const score2 = record.sabotage ? `sabotaged: ${text(record.sabotage.name)}, no score` : record.score === null ? "score not measured" : `${formatScore(record.score)} of 10${record.grade === null ? "" : `, ${record.grade}`}`;
  return `${mark} Chaos${leg === void 0 ? "" : ` (${text(leg)})`}: ${verdict2}, ${score2}`;
}
function intervalAndChange(record, against) {
  const interval2 = record.interval === null ? [] : [own(`${capital(formatInterval(record.interval))}.`)];
  if (against?.kind !== "base") return interval2;
  return [...interval2, say`${changeLine(against.comparison)} (${against.label}).`];
}
function changeLine({ total: { call, difference, base } }) {
  if (call === "unknown") return say`It is unknown whether this is a change`;
  if (call === "same") return own(`No change outside the noise against the base, ${formatScore(base.score)}`);
  const change2 = `${call === "better" ? "\u25B2 Better" : "\u25BC Worse"} than the base by ${Math.abs(difference ?? 0).toFixed(2)}`;
  return strong(own(change2));
}
function faultsProven({ scenarios }) {
  if (scenarios.length === 0) return [];
  const faults = scenarios.flatMap((scenario2) => scenario2.faults);
  const proven = faults.filter((fault2) => fault2.proven).length;
  const owed = scenarios.reduce((sum, { accounting: accounting2 }) => sum + accounting2.owed, 0);
  const lost2 = scenarios.reduce((sum, { accounting: accounting2 }) => sum + accounting2.lost, 0);
  const deliveries = (count2) => own(plural(count2, "delivery", "deliveries"));
  return [
    say`${proven} of ${own(plural(faults.length, "fault"))} proven, ${deliveries(owed)} owed, ${lost2 === 0 ? own("none") : bad(deliveries(lost2))} lost.`
  ];
}
function scenariosPart({ scenarios }) {
  if (scenarios.length === 0) return [];
  const figures = ["score", "availability", "p99 latency", "recovery"];
  return [
    table(
      [{ head: "scenario" }, { head: "verdict" }, ...figures.map((head) => ({ head, kind: "number" }))],
      scenarios.map((scenario2) => [
        say`${own(marks[scenario2.verdict])} ${code(scenario2.name)}`,
        own(`${scenario2.verdict}${runsText(scenario2)}`),
        own(formatScore(scenario2.score)),
        ...["availability", "p99-latency", "recovery"].map((name) => measureCell(scenario2, name))
      ])
    )
  ];
}
function runsText(scenario2) {
  const runs = attempts([scenario2]).length;
  return runs > 1 ? ` (${runs} runs)` : "";
}

// src/report/read.ts
var import_yauzl = __toESM(require_yauzl(), 1);
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { z as z3 } from "#vendor/zod.js";

// src/report/schema.ts
import { z as z2 } from "#vendor/zod.js";
var count = z2.int().nonnegative();
var list2 = (item) => z2.array(item).readonly();
var figure = z2.number().nullable();
var ms = z2.number();
var score = z2.number().min(0).max(10).nullable().describe("0 to 10; null means not measured");
var interval = z2.tuple([z2.number().min(0).max(10), z2.number().min(0).max(10)]).readonly().nullable().describe("95% interval, block bootstrap over one-second windows; null means not measured");
var part = z2.number().min(0).max(10);
var verdict = z2.enum(["pass", "fail", "inconclusive", "skipped"]);
var phaseName = z2.enum(["warm-up", "steady", "hold", "recover", "drain"]);
var tier = z2.enum(tiers);
var dimension = z2.enum(dimensions);
var feature = z2.object({ available: z2.boolean(), seen: z2.string() });
var fault = z2.object({
  kind: z2.string(),
  target: z2.string(),
  mechanism: z2.string(),
  injected: z2.string(),
  observed: z2.string(),
  proven: z2.boolean().describe("The effect was observed by something other than the injector"),
  figures: z2.record(z2.string(), z2.number()),
  startMs: ms,
  endMs: ms,
  healed: z2.boolean()
});
var latency = z2.object({ count, p50Ms: ms, p95Ms: ms, p99Ms: ms, p999Ms: ms, maxMs: ms }).describe("Publish to receipt, counted from the intended send time");
var phaseMeasures = z2.object({
  possible: count,
  done: count,
  availability: z2.number().min(0).max(1).nullable(),
  acknowledged: count,
  delivered: count,
  deliveredPerSecond: z2.number(),
  reconnects: count,
  latency: latency.nullable(),
  nodes: list2(
    z2.object({
      name: z2.string(),
      cpuCores: figure,
      memoryBytes: figure,
      memoryGrowthBytes: z2.number().optional().describe("Median of the last fifth of the phase less that of the first; absent with too few looks")
    })
  ),
  host: z2.object({
    othersCores: z2.number().describe("Mean CPUs that ran neither the nodes nor this tool"),
    stealCores: z2.number().describe("Mean CPUs that a hypervisor gave to others"),
    pressureShare: figure.describe("Share of the time in which some task waited for a CPU (PSI)"),
    nodesWaiting: z2.number().describe("Mean number of threads of the nodes that waited for a CPU (schedstat)")
  }).optional().describe("What the machine was like; absent with too few looks")
});
var phase = z2.object({ name: phaseName, startMs: ms, endMs: ms, measures: phaseMeasures.nullable() });
var expectation = z2.object({
  name: z2.enum(["availability", "p99-latency", "recovery"]),
  expected: z2.number(),
  unit: z2.enum(["share", "ms"]),
  measured: figure,
  met: z2.boolean(),
  notApplicable: z2.string().optional().describe("Why the scenario could not show it: neither met nor broken")
});
var evidence = z2.object({
  what: z2.string(),
  atMs: figure,
  facts: z2.record(z2.string(), z2.union([z2.string(), z2.number(), z2.boolean(), z2.null()])),
  faultsInForce: list2(z2.string()),
  logs: list2(z2.string())
});
var pairs = list2(z2.tuple([count, count]).readonly());
var lost = z2.object({
  subscriber: z2.string(),
  subscriberNode: z2.string(),
  topic: z2.string(),
  publisher: z2.string(),
  publisherNode: z2.string(),
  messages: count,
  ranges: pairs.describe("Sequence numbers of the lost messages, both ends of a range included"),
  rangesLeftOut: count.describe("Further ranges that are not listed"),
  packetIds: pairs.describe("Sequence number and the packet id that the publisher last sent the message with"),
  packetIdsLeftOut: count.describe("Lost messages whose packet id is not listed")
});
var episodeClient = z2.object({
  client: z2.string(),
  node: z2.string(),
  connections: list2(
    z2.object({ fromMs: ms, toMs: figure.describe("null: it lasted until the end"), sessionPresent: z2.boolean() })
  ).describe("In order, from the last one that began before the episode"),
  connectionsLeftOut: count.describe("Later ones that are not listed")
});
var episode = z2.object({
  flow: z2.string(),
  qos: count,
  publisher: episodeClient,
  subscriber: episodeClient,
  first: count.describe("Sequence number"),
  last: count.describe("Sequence number"),
  messages: count.describe("How many of the messages from first to last broke the invariant"),
  examplesOnly: z2.literal(true).optional().describe("Only the messages of the examples are counted"),
  fromMs: ms.describe("When the first was due"),
  toMs: ms.describe("When the last was due"),
  acknowledgedMs: z2.tuple([figure, figure]).readonly().describe("When the first and the last were acknowledged; null: never, or not kept"),
  seenMs: figure.describe("When the first was received late or once more; null: it never came"),
  logs: list2(z2.object({ moment: z2.string(), atMs: ms, lines: list2(z2.string()) }))
});
var violation = z2.object({
  invariant: z2.string(),
  statement: z2.string(),
  clause: z2.string().nullable().describe("Clauses of the MQTT version that the workload spoke; null where the specification says nothing"),
  count,
  known: z2.string().nullable().describe("The known issue of chaos.yml that covers it"),
  limitedTo: z2.string().optional().describe("The clients that the known issue is limited to"),
  examples: list2(evidence),
  episodes: list2(episode).optional().describe("Its messages in runs of one flow on one subscription; absent where it is not about single messages"),
  episodesLeftOut: count.optional().describe("Further episodes that are not listed"),
  lost: list2(lost).optional().describe("All that was lost, one entry a subscription; absent where nothing can be lost")
});
var accounting = z2.object({
  published: count,
  acknowledged: count,
  unknown: count,
  notSent: count,
  unacknowledgeable: count,
  owed: count,
  delivered: count,
  legallyUndelivered: z2.record(z2.string(), count),
  lost: count,
  legalDuplicates: z2.record(z2.string(), count)
});
var measures = z2.object({
  availability: z2.number().min(0).max(1).nullable(),
  p99LatencyMs: figure,
  recoveryMs: figure,
  operationsInHold: count
});
var crash = z2.object({
  node: z2.string(),
  atMs: ms,
  how: z2.string(),
  lastLines: list2(z2.string()),
  suspects: list2(z2.string()).optional().describe("What the faults had last sent it, the likeliest cause first; absent where nothing was sent")
});
var window = z2.object({
  phase: phaseName,
  startMs: ms,
  lengthMs: ms,
  possible: count,
  done: count,
  published: count,
  delivered: count,
  p50Ms: figure,
  p99Ms: figure,
  maxMs: figure,
  latency: z2.string().nullable().describe("Latencies in microseconds: HdrHistogram V2, compressed, base64")
});
var scenario = z2.object({
  name: z2.string(),
  ownName: z2.string().describe("What its own file calls it: another name only where a plan gave it one"),
  path: z2.string().nullable().describe("Its file, if it was asked for by path"),
  title: z2.string(),
  tier,
  severity: z2.enum(severities),
  dimension,
  parameters: z2.record(z2.string(), z2.string()),
  holdMs: ms.describe("How long hold was to last"),
  verdict,
  reason: z2.string(),
  attempt: count,
  get earlier() {
    return scenario.nullable();
  },
  cluster: z2.object({ fresh: z2.boolean(), why: z2.string() }),
  startMs: ms,
  endMs: ms,
  score,
  interval,
  parts: z2.object({ availability: part, latency: part, recovery: part }).nullable(),
  applicableParts: z2.object({ availability: part.optional(), latency: part.optional(), recovery: part.optional() }).optional().describe("The parts of a score to which not all three apply; parts is null then"),
  faults: list2(fault),
  phases: list2(phase),
  expectations: list2(expectation),
  violations: list2(violation),
  notApplicable: list2(z2.object({ invariant: z2.string(), why: z2.string() })),
  leftOut: list2(z2.string()).optional().describe(
    "What the broker does not serve even without a fault, and is no part of the workload; absent where there is nothing"
  ),
  unknown: list2(z2.object({ invariant: z2.string(), why: z2.string() })).optional().describe("Checks that failed themselves, by a defect of this tool; absent where none did"),
  accounting,
  measures,
  crashes: list2(crash),
  harness: z2.object({ conductorLagP99Ms: z2.number(), workloadLagP99Ms: z2.number(), linksLagP99Ms: figure }).nullable(),
  windows: list2(window),
  scrapes: z2.object({ attempted: count, answered: count }),
  faultsSeenByBroker: count.nullable()
});
var runRecordSchema = z2.object({
  schemaVersion: z2.literal(1),
  tool: z2.object({ name: z2.literal("chaos-action"), version: z2.string() }),
  startedAt: z2.string().describe("ISO 8601"),
  durationMs: ms,
  seed: z2.string(),
  command: z2.string().describe("The command line that repeats this run"),
  tiers: list2(tier),
  plan: z2.string().nullable().describe("The plan that was run, if one was"),
  partial: z2.boolean().describe("The run goes on, was cancelled or broke off"),
  error: z2.object({ code: z2.string(), message: z2.string(), hint: z2.string().nullable() }).nullable(),
  broker: z2.object({
    name: z2.string(),
    preset: z2.string().nullable(),
    config: z2.string().nullable(),
    isDefault: z2.boolean().optional().describe("Nothing was configured: it is the broker that comes with the tool"),
    nodes: count,
    mutant: z2.string().nullable(),
    features: z2.object({
      qos2: feature,
      mqtt5: feature,
      retained: feature,
      wills: feature,
      sharedSubscriptions: feature,
      persistentSessions: feature,
      emptySessions: feature.optional().describe("The session of a client without subscriptions is reported; absent in reports of earlier versions"),
      sessionsMove: feature.optional().describe("A session is found when its client comes back at another node; absent where there is one node")
    }).nullable()
  }),
  sabotage: z2.object({ name: z2.string(), breaks: z2.string(), invariant: z2.string(), changes: count }).optional().describe("What was broken on purpose on the client links; such a run has no score. Absent in every other run"),
  environment: z2.object({
    os: z2.string(),
    kernel: z2.string(),
    node: z2.string(),
    cpuModel: z2.string(),
    cpus: count,
    memoryBytes: z2.number(),
    ci: z2.string().nullable()
  }),
  workload: z2.object({ profile: z2.string(), ratePerSecond: z2.number(), payloadBytes: z2.number() }),
  verdict,
  score,
  interval,
  grade: z2.enum(["Excellent", "Good", "Fair", "Needs Improvement"]).nullable(),
  cap: z2.string().nullable(),
  dimensions: list2(z2.object({ id: z2.enum([...dimensions, "observability", "coverage"]), score, interval })),
  knownIssues: list2(
    z2.object({
      invariant: z2.string(),
      scenario: z2.string().nullable(),
      limitedTo: z2.string().optional().describe("The clients that it is limited to; absent where it is of all"),
      why: z2.string(),
      seen: z2.boolean()
    })
  ),
  cutLogs: list2(z2.object({ name: z2.string(), writtenBytes: count, keptBytes: count })).optional().describe("Logs that grew beyond logs.keep, of which beginning and end were kept"),
  scenarios: list2(scenario)
});

// src/report/read.ts
var mebibyte = 1024 ** 2;
var mostZipBytes = 64 * mebibyte;
var mostReportBytes = 32 * mebibyte;
var mostEntries = 1e4;
var mostLevels = 32;
var mostValues = 1e6;
var most = {
  scenarios: 200,
  violations: 100,
  /** As many as there may be values: they are pooled where they are shown. */
  windows: mostValues,
  /** Items of any other list. */
  items: 1e3,
  /** Entries of an object: facts, figures, parameters. */
  entries: 200,
  /** The last lines of a node that ended are 64 KiB at most. */
  characters: 1e5
};
var mostProblems = 3;
async function readReportZip(zip) {
  if (zip.byteLength > mostZipBytes) throw tooLarge("the zip", mostZipBytes);
  return readReport(await unzip(zip, "report.json"));
}
function readReport(json) {
  if (json.byteLength > mostReportBytes) throw tooLarge("report.json", mostReportBytes);
  measure(json);
  const value = parse(json);
  checkSize(value, "", "");
  return validated(value);
}
async function unzip(zip, name) {
  try {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    const file = await (0, import_yauzl.fromBufferPromise)(bytes);
    if (file.entryCount > mostEntries) throw refused(`the zip has more than ${formatCount(mostEntries)} entries`);
    for await (const entry of file.eachEntry()) {
      if (entry.fileName !== name) continue;
      if (!entry.canDecodeFileData()) throw refused(`${name} is packed in a way that is not understood`);
      const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
      const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
      const content = entry.isCompressed() ? await inflate(packed, name) : packed;
      if (crc32(content) !== entry.crc32) throw refused(`${name} is damaged`);
      return content;
    }
  } catch (error) {
    if (error instanceof ChaosError) throw error;
    throw refused(`the zip cannot be read: ${plain(messageOf(error))}`, error);
  }
  throw refused(`the zip has no ${name}`);
}
async function inflate(packed, name) {
  try {
    return await promisify(inflateRaw)(packed, { maxOutputLength: mostReportBytes });
  } catch (error) {
    if (error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(name, mostReportBytes);
    throw error;
  }
}
function measure(json) {
  const [quote, backslash, comma] = [34, 92, 44];
  const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
  let level = 0;
  let values = 1;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) isText = !isText;
    else if (isText && byte === backslash) at++;
    else if (isText) continue;
    else if (byte === comma) values++;
    else if (byte === openList || byte === openObject) {
      values++;
      level++;
      if (level > mostLevels) throw refused(`report.json is nested more than ${mostLevels} levels deep`);
    } else if (byte === closeList || byte === closeObject) level--;
    if (values > mostValues) throw refused(`report.json has more than ${formatCount(mostValues)} values`);
  }
}
function parse(json) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (error) {
    throw refused(`report.json is not JSON: ${plain(messageOf(error), 200)}`, error);
  }
}
function checkSize(value, path, key) {
  const hold = (size, limit, what) => {
    if (size <= limit) return;
    const where = path === "" ? "report.json" : `${plain(path, 200)} in report.json`;
    throw refused(`${where} has more than ${formatCount(limit)} ${what}`);
  };
  if (typeof value === "string") hold(value.length, most.characters, "characters");
  if (typeof value !== "object" || value === null) return;
  const entries = Object.entries(value);
  if (Array.isArray(value)) hold(entries.length, mostItems(key), "items");
  else hold(entries.length, most.entries, "entries");
  for (const [name, inner] of entries) {
    hold(name.length, most.characters, "characters in a name");
    checkSize(inner, path === "" ? name : `${path}.${name}`, name);
  }
}
function mostItems(list3) {
  return list3 === "scenarios" || list3 === "violations" || list3 === "windows" ? most[list3] : most.items;
}
function validated(value) {
  if (runRecordSchema.validate(value)) return runRecordSchema.parse(value);
  const version = z3.looseObject({ schemaVersion: z3.unknown() }).safeParse(value).data?.schemaVersion;
  if (typeof version === "number" && version !== 1)
    throw refused(`report.json has schema version ${version}; this is a reader of version 1`);
  const issues = runRecordSchema.safeParse(shortened(value)).error?.issues ?? [];
  const problems = issues.slice(0, mostProblems).map(({ path, message }) => {
    const where = plain(z3.core.toDotPath(path), 200);
    return { message: where === "" ? message : `${where}: ${message}` };
  });
  const more = issues.length > problems.length ? ["and more"] : [];
  const told = [...problems.map(({ message }) => message), ...more].join("; ");
  throw new ChaosError(
    "report",
    `report.json does not follow its schema${told === "" ? ", in what follows the first items of a list" : `: ${told}`}`,
    { problems }
  );
}
function shortened(value) {
  if (Array.isArray(value)) return value.slice(0, 10).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
function tooLarge(what, limitBytes) {
  return refused(`${what} is larger than ${limitBytes / mebibyte} MiB`);
}
function refused(message, cause) {
  return new ChaosError("report", message, cause === void 0 ? {} : { cause });
}

// src/score/compare.ts
function compareRounds(bases, heads) {
  if (bases.length === 0 || heads.length === 0)
    throw new ChaosError("internal", "a comparison needs at least one run on either side");
  const inBases = bases.map(byName);
  const inHeads = heads.map(byName);
  const baseNames = namesIn(inBases);
  const headNames = namesIn(inHeads);
  const pairs2 = headNames.filter((name) => baseNames.includes(name)).map((name) => ({
    name,
    bases: inBases.map((scenarios) => scenarios.get(name)),
    heads: inHeads.map((scenarios) => scenarios.get(name))
  }));
  const violations = pairs2.flatMap(violationChanges);
  return {
    rounds: { base: bases.length, head: heads.length },
    total: change(bases, heads),
    scenarios: pairs2.map((pair) => ({ name: pair.name, ...change(pair.bases, pair.heads) })),
    onlyInBase: baseNames.filter((name) => !headNames.includes(name)),
    onlyInHead: headNames.filter((name) => !baseNames.includes(name)),
    appeared: violations.filter((one) => one.baseCount === 0),
    gone: violations.filter((one) => one.headCount === 0),
    stayed: violations.filter((one) => one.baseCount > 0 && one.headCount > 0),
    caveats: [
      ...partialRounds("base", bases),
      ...partialRounds("head", heads),
      ...differences(bases, heads),
      ...pairs2.flatMap(parameterDifference)
    ]
  };
}
function byName({ scenarios }) {
  const found = /* @__PURE__ */ new Map();
  for (const scenario2 of scenarios) {
    let name = scenario2.name;
    for (let nth = 2; found.has(name); nth++) name = `${scenario2.name} (${nth})`;
    found.set(name, scenario2);
  }
  return found;
}
function namesIn(rounds) {
  return [...new Set(rounds.flatMap((scenarios) => [...scenarios.keys()]))];
}
function change(bases, heads) {
  const base = sideOf(bases);
  const head = sideOf(heads);
  return {
    call: callOf(base, head),
    base,
    head,
    difference: base.score === null || head.score === null ? null : round(head.score - base.score)
  };
}
function sideOf(rounds) {
  const scores = present(rounds.map((one) => one?.score));
  const intervals = present(rounds.map((one) => one?.interval));
  return {
    verdict: worst(present(rounds.map((one) => one?.verdict))),
    score: scores.length === 0 ? null : mean(scores),
    // The score of a round that was not measured could be anything.
    interval: intervals.length < rounds.length ? null : [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))]
  };
}
function mean(scores) {
  const hundredths = scores.reduce((sum, score2) => sum + Math.round(score2 * 100), 0);
  return Math.round(hundredths / scores.length) / 100;
}
function worst(verdicts) {
  const fromWorst = ["fail", "inconclusive", "pass"];
  return fromWorst.find((verdict2) => verdicts.includes(verdict2)) ?? "skipped";
}
function callOf(base, head) {
  if (base.score === null || head.score === null || base.interval === null || head.interval === null) return "unknown";
  if (head.interval[0] > base.interval[1]) return "better";
  if (head.interval[1] < base.interval[0]) return "worse";
  return "same";
}
function violationChanges({ name, bases, heads }) {
  const unexplained = (rounds) => rounds.map(unexplainedCounts);
  const [inBases, inHeads] = [unexplained(bases), unexplained(heads)];
  const count2 = (rounds, invariant) => rounds.reduce((sum, counts) => sum + (counts.get(invariant) ?? 0), 0);
  const seen = (rounds, invariant) => rounds.filter((counts) => counts.has(invariant)).length;
  const invariants = new Set([...inBases, ...inHeads].flatMap((counts) => [...counts.keys()]));
  return [...invariants].map((invariant) => ({
    scenario: name,
    invariant,
    baseCount: count2(inBases, invariant),
    headCount: count2(inHeads, invariant),
    baseRounds: seen(inBases, invariant),
    headRounds: seen(inHeads, invariant)
  }));
}
function unexplainedCounts(scenario2) {
  const counts = /* @__PURE__ */ new Map();
  for (const { invariant, count: count2, known } of attempts(scenario2 ? [scenario2] : []).flatMap((one) => one.violations))
    if (known === null && count2 > 0) counts.set(invariant, (counts.get(invariant) ?? 0) + count2);
  return counts;
}
function partialRounds(side, rounds) {
  const partial = rounds.filter((record) => record.partial).length;
  if (partial === 0) return [];
  if (rounds.length === 1) return [`the ${side} run is partial`];
  return [`${partial} of ${rounds.length} ${side} runs ${partial === 1 ? "is" : "are"} partial`];
}
function differences(bases, heads) {
  const figures = [
    ["broker", (record) => record.broker.name],
    ["nodes", (record) => record.broker.nodes],
    ["workload", ({ workload }) => `${workload.profile} at ${workload.ratePerSecond}/s of ${workload.payloadBytes} B`],
    ["seed", (record) => record.seed],
    ["CPU model", (record) => record.environment.cpuModel],
    ["CPUs", (record) => record.environment.cpus],
    ["tool version", (record) => record.tool.version]
  ];
  return figures.flatMap(([name, of]) => {
    const [inBase, inHead] = [valuesOf(bases, of), valuesOf(heads, of)];
    return inBase === inHead ? [] : [`${name}: ${inBase} in the base, ${inHead} in the head`];
  });
}
function parameterDifference({ name, bases, heads }) {
  const of = (rounds) => valuesOf(present(rounds), ({ parameters }) => canonical(parameters));
  return of(bases) === of(heads) ? [] : [`parameters of ${name} differ`];
}
function valuesOf(rounds, of) {
  return [...new Set(rounds.map((one) => String(of(one) ?? "none")))].sort().join(", ");
}
function canonical(parameters) {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => a < b ? -1 : 1));
}
function present(values) {
  return values.filter((value) => value !== null && value !== void 0);
}

// src/action/base-report.ts
var pageLength = 100;
var defaultTries = 40;
var mostPages = 3;
var mostReasons = 5;
async function findBaseReport(options2) {
  const { source, name, branch, currentRunId, mostTries = defaultTries, signal, head } = options2;
  const unfit = [];
  let listed = 0;
  let tries2 = 0;
  const none = (why) => ({ kind: "none", why });
  for (let page = 1; page <= mostPages; page++) {
    signal?.throwIfAborted();
    let artifacts;
    try {
      artifacts = await source.list(name, page);
    } catch (error) {
      signal?.throwIfAborted();
      return none(`the artifacts of this repository could not be listed: ${reasonOf(error)}`);
    }
    listed += artifacts.length;
    for (const artifact of artifacts) {
      const { runId, headSha: sha, createdAt } = artifact;
      if (runId === null || runId === currentRunId || !isOfBranch(artifact, name, branch)) continue;
      if (tries2 === mostTries) return none(noneFit(branch, unfit));
      if (artifact.sizeInBytes <= mostZipBytes) tries2++;
      const record = await readGood(source, artifact, head).catch((error) => plain(messageOf(error)));
      signal?.throwIfAborted();
      if (typeof record !== "string") return { kind: "found", record, runId, sha, createdAt };
      unfit.push(`${record} (run ${runId})`);
    }
    if (artifacts.length < pageLength) break;
  }
  if (unfit.length > 0) return none(noneFit(branch, unfit));
  if (listed === 0) return none(`this repository has no artifact named ${name} yet`);
  return none(`no artifact named ${name} is of another run on ${branch} (${formatCount(listed)} looked at)`);
}
function isOfBranch(artifact, name, branch) {
  return artifact.name === name && !artifact.expired && artifact.headBranch === branch && artifact.repositoryId !== null && artifact.repositoryId === artifact.headRepositoryId;
}
async function readGood(source, { id, sizeInBytes }, head) {
  if (sizeInBytes > mostZipBytes) return "the artifact is too large";
  const record = await readReportZip(await source.download(id));
  if (record.partial) return "the report is partial";
  if (record.error !== null) return "the run was interrupted";
  if (record.score === null) return "nothing was scored";
  if (head === void 0) return record;
  const [theirs, ours] = [identity(record), identity(head)];
  const different = theirs.findIndex((words, index) => words !== ours[index]);
  return different === -1 ? record : `it is of ${theirs[different]}, not of ${ours[different]}`;
}
function identity({ tiers: tiers2, plan, broker, workload }) {
  const { name, preset, config, mutant, nodes } = broker;
  return [
    `the broker ${name}`,
    mutant === null ? "no mutant" : `the mutant ${mutant}`,
    preset === null ? "no preset" : `the preset ${preset}`,
    config === null ? "no chaos.yml" : config,
    `${nodes} nodes`,
    `${workload.ratePerSecond} messages a second`,
    `messages of ${workload.payloadBytes} bytes`,
    `the workload ${workload.profile}`,
    plan === null ? `tier ${tiers2.join(", ")}` : `plan ${plan}`
  ].map((words) => plain(words));
}
function noneFit(branch, unfit) {
  const told = unfit.slice(0, mostReasons);
  const others = unfit.length - told.length;
  const reasons = [...told, ...others === 0 ? [] : [`and ${formatCount(others)} more`]].join("; ");
  return `no report of ${branch} can be compared with (${formatCount(unfit.length)} looked at): ${reasons}`;
}
function reasonOf(error) {
  const needs = error?.status === 403 ? " (the token needs `actions: read`)" : "";
  return `${plain(messageOf(error))}${needs}`;
}

// src/action/against.ts
var dayMs = 864e5;
var oldDays = 30;
async function compareWithBranch(source, record, {
  name,
  branch,
  runId,
  wallMs
}) {
  if (record.error) return { kind: "none", why: "the run was interrupted" };
  try {
    const found = await findBaseReport({ source, name, branch, currentRunId: runId, head: record });
    if (found.kind === "none") return found;
    const days = found.createdAt === null ? 0 : Math.floor((wallMs - Date.parse(found.createdAt)) / dayMs);
    const label = [
      `${branch} at ${found.sha?.slice(0, 7) ?? "an unknown commit"}, run ${found.runId}`,
      ...found.record.verdict === "fail" ? ["which failed"] : [],
      ...days >= oldDays ? [`${days} days ago`] : []
    ].join(", ");
    const warning = days >= oldDays ? `the newest report of ${branch} that can be compared with is ${days} days old (run ${found.runId}): a schedule or a run on each push makes newer ones` : void 0;
    return { kind: "base", label, warning, comparison: compareRounds([found.record], [record]) };
  } catch (error) {
    const refused2 = /not accessible by integration/i.test(messageOf(error));
    const hint = refused2 ? ': the token needs the permission "actions: read"' : "";
    return { kind: "none", why: `the reports of ${branch} could not be looked at (${messageOf(error)})${hint}` };
  }
}

// src/action/artifact-source.ts
function artifactInfo(artifact) {
  return {
    id: artifact.id,
    name: artifact.name,
    sizeInBytes: artifact.size_in_bytes,
    expired: artifact.expired,
    createdAt: artifact.created_at,
    runId: artifact.workflow_run?.id ?? null,
    headBranch: artifact.workflow_run?.head_branch ?? null,
    headSha: artifact.workflow_run?.head_sha ?? null,
    repositoryId: artifact.workflow_run?.repository_id ?? null,
    headRepositoryId: artifact.workflow_run?.head_repository_id ?? null
  };
}
function artifactSource(octokit, { owner, repo }) {
  return {
    async list(name, page) {
      const { data } = await octokit.rest.actions.listArtifactsForRepo({ owner, repo, name, page, per_page: 100 });
      return data.artifacts.map(artifactInfo);
    },
    async download(id) {
      const { data } = await octokit.rest.actions.downloadArtifact({
        owner,
        repo,
        artifact_id: id,
        archive_format: "zip"
      });
      return new Uint8Array(data);
    }
  };
}

// src/action/sticky-comment.ts
function marker({ id, runId }) {
  return `<!-- chaos-action:${id} run:${runId} -->`;
}
var tries = 3;
async function postComment(octokit, place2, body) {
  for (let left = tries - 1; ; left--) {
    try {
      return await tryPost(octokit, place2, body);
    } catch (error) {
      if (isReadOnly(error)) return { kind: "read-only" };
      const status = statusOf(error);
      const mayPass = status === void 0 || status >= 500 || status === 429;
      if (left === 0 || !mayPass) return { kind: "failed", why: messageOf(error) };
    }
  }
}
async function tryPost(octokit, place2, body) {
  const { owner, repo, number } = place2;
  const author = await authorOf(octokit);
  const ours = (await commentsOf(octokit, place2)).filter(
    ({ user, body: text2 }) => user?.login === author && text2?.startsWith("<!-- chaos-action:")
  );
  const own2 = ours.findLast((comment) => runOf(comment, place2.id) !== void 0);
  if (own2 && (runOf(own2, place2.id) ?? 0) > place2.runId) return { kind: "newer", url: own2.html_url };
  const { formerId } = place2;
  const newest = own2 ?? (formerId === void 0 ? void 0 : ours.findLast((comment) => runOf(comment, formerId) !== void 0));
  if (newest) {
    const updated = await update(octokit, place2, newest.id, body);
    if (updated !== void 0) return posted(updated, true);
  }
  if (ours.length >= (place2.atMost ?? Number.POSITIVE_INFINITY))
    return { kind: "failed", why: `the pull request has ${ours.length} comments of this tool already` };
  const { data } = await octokit.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 }
  });
  return await makeWay(octokit, place2, { author, ours: data, body }) ?? posted(data.html_url, false);
}
async function makeWay(octokit, place2, { author, ours, body }) {
  const { owner, repo } = place2;
  const [oldest] = (await commentsOf(octokit, place2)).filter(
    (comment) => comment.user?.login === author && runOf(comment, place2.id) !== void 0
  );
  if (oldest === void 0 || oldest.id >= ours.id) return void 0;
  const isNewer = (runOf(oldest, place2.id) ?? 0) > place2.runId;
  const url = isNewer ? oldest.html_url : await update(octokit, place2, oldest.id, body);
  if (url === void 0) return void 0;
  await octokit.rest.issues.deleteComment({ owner, repo, comment_id: ours.id });
  return isNewer ? { kind: "newer", url } : posted(url, true);
}
function posted(url, updated) {
  return { kind: "posted", url, updated };
}
async function commentsOf(octokit, { owner, repo, number }) {
  return await octokit.paginate(octokit.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
}
async function update(octokit, { owner, repo }, id, body) {
  try {
    const { data } = await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body });
    return data.html_url;
  } catch (error) {
    if (statusOf(error) === 404) return void 0;
    throw error;
  }
}
function runOf({ body }, id) {
  const match = /^<!-- chaos-action:([\w.-]+) run:(\d+) -->/.exec(body ?? "");
  return match?.[1] === id ? Number(match[2]) : void 0;
}
async function authorOf(octokit) {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return "github-actions[bot]";
  }
}
function isReadOnly(error) {
  return statusOf(error) === 403 && /not accessible by integration/i.test(messageOf(error));
}

export {
  renderStepSummary,
  annotationsOf,
  capped,
  explainFailure,
  renderComment,
  compareRounds,
  mostZipBytes,
  readReportZip,
  compareWithBranch,
  artifactSource,
  openOctokit,
  statusOf,
  marker,
  postComment,
  readTrigger,
  runUrl,
  identityOf,
  legName
};
